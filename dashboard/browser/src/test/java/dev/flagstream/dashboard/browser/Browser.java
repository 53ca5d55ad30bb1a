package dev.flagstream.dashboard.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, without a window. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WIDTH = 1360;
  private static final int HEIGHT = 1000;
  private static final int TALLEST = 1_400;

  private final ChromeDriver driver;
  private final String base;

  private Browser(ChromeDriver driver, String base) {
    this.driver = driver;
    this.base = base;
  }

  /** The driver's program; empty if it or the browser is not installed. */
  static Optional<Path> program() {
    return onPath("chromium").isPresent() ? onPath("chromedriver") : Optional.empty();
  }

  private static Optional<Path> onPath(String name) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start(Path program, String base) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(onPath("chromium").orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // which a container does not let it have
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=" + WIDTH + "," + HEIGHT);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program.toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options), base);
  }

  void open(String path) {
    driver.get(base + path);
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** Waits for an element that CSS selects. */
  WebElement await(String css) {
    return new WebDriverWait(driver, PATIENCE)
        .until(browser -> browser.findElement(By.cssSelector(css)));
  }

  /** Waits until an element has a text in it. */
  void awaitText(String css, String text) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(browser -> browser.findElement(By.cssSelector(css)).getText().contains(text));
  }

  /** Waits until so many elements are selected. */
  void awaitCount(String css, int count) {
    new WebDriverWait(driver, PATIENCE).until(browser -> all(css).size() == count);
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  void useTheme(String theme) {
    script("localStorage.setItem('theme', arguments[0])", theme);
  }

  /**
   * What the page's main thread does from now on.
   *
   * @param seconds how long it was watched
   * @param busyShare how much of that time it worked, 0 to 1
   * @param longestGapMs the longest time between two frames, milliseconds
   * @param framesPerSecond how many frames it drew
   */
  record MainThread(
      double seconds, double busyShare, double longestGapMs, double framesPerSecond) {}

  /** Watches the main thread for so many seconds of the page's clock. */
  MainThread watchMainThread(int seconds) {
    Map<String, Object> unused = driver.executeCdpCommand("Performance.enable", Map.of());
    Map<String, Double> before = metrics();
    Object frames =
        driver.executeAsyncScript(
            """
            const [seconds, done] = arguments;
            const start = performance.now();
            let last = start, longest = 0, frames = 0;
            const frame = (now) => {
              longest = Math.max(longest, now - last);
              last = now;
              frames++;
              if (now - start < seconds * 1000) requestAnimationFrame(frame);
              else done([longest, frames * 1000 / (now - start)]);
            };
            requestAnimationFrame(frame);
            """,
            seconds);
    Map<String, Double> after = metrics();
    double watched = after.get("Timestamp") - before.get("Timestamp");
    List<Double> gapAndRate =
        ((List<?>) frames).stream().map(each -> ((Number) each).doubleValue()).toList();
    return new MainThread(
        watched,
        (after.get("TaskDuration") - before.get("TaskDuration")) / watched,
        gapAndRate.get(0),
        gapAndRate.get(1));
  }

  private Map<String, Double> metrics() {
    Map<String, Double> byName = new HashMap<>();
    for (Object metric :
        (List<?>) driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics")) {
      Map<?, ?> pair = (Map<?, ?>) metric;
      byName.put((String) pair.get("name"), ((Number) pair.get("value")).doubleValue());
    }
    return byName;
  }

  /** What axe-core finds on the page as it is: each rule that is broken, and where. */
  List<String> accessibilityProblems() {
    script(axe());
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(
              (result) => done(result.passes.length < 10 ? ['axe-core has looked at next to nothing'] : result.violations.map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(' ')).slice(0, 3).join(', ')}`)),
              (problem) => done([String(problem)]));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pretends to be so wide, and as tall as the page. */
  void resize(int width, int height) {
    Map<String, Object> unused =
        driver.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Keeps a picture of the whole page, or of its beginning if it is long. */
  void picture(Path file, int width) throws IOException {
    resize(width, HEIGHT);
    long height = (long) script("return document.documentElement.scrollHeight");
    resize(width, (int) Math.min(height, TALLEST));
    // The charts follow in the frame after the next one.
    driver.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))");
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    resize(WIDTH, HEIGHT);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
