package dev.flagstream.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in by the wire: in pieces, of older kinds, or not what it says it is. */
class WireTest {

  private static final int OP_MSG = 2013;
  private static final int CHECKSUM_PRESENT = 1;
  private static final int PATIENCE_MS = 60_000;

  @TempDir private Path data;
  private RunningStore store;

  @BeforeEach
  void start() {
    store = RunningStore.on(data);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void aMessageMayComeByteByByteAndTwoMayComeAtOnce() throws IOException {
    byte[] ping = message(0, body(ping()));
    try (Socket socket = connect()) {
      for (byte each : ping) {
        socket.getOutputStream().write(each);
        socket.getOutputStream().flush();
      }
      assertThat(answer(socket)).containsEntry("ok", 1.0);

      socket.getOutputStream().write(together(ping, ping));
      assertThat(answer(socket)).containsEntry("ok", 1.0);
      assertThat(answer(socket)).containsEntry("ok", 1.0);
    }
  }

  @Test
  void aMessageWithAChecksumIsReadAsWell() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(message(CHECKSUM_PRESENT, together(body(ping()), new byte[4])));
      assertThat(answer(socket)).containsEntry("ok", 1.0);
    }
  }

  @Test
  void documentsMayComeBesideTheirCommand() throws IOException {
    byte[] insert =
        DocumentWriter.write(
            new de.bwaldvogel.mongo.bson.Document("insert", "beside").append("$db", "test"));
    byte[] first = DocumentWriter.write(new de.bwaldvogel.mongo.bson.Document("_id", 1));
    byte[] second = DocumentWriter.write(new de.bwaldvogel.mongo.bson.Document("_id", 2));
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(message(0, together(body(insert), sequence("documents", first, second))));
      assertThat(answer(socket)).containsEntry("n", 2);
    }
    assertThat(store.collection("beside").find())
        .extracting(each -> each.get("_id"))
        .contains(1, 2);
  }

  @Test
  void whatIsNoMessageEndsItsConnectionAndNoOther() throws IOException {
    store.collection("kept").insertOne(new Document("_id", 1));
    byte[] good = ping();
    byte[] tooLong = good.clone();
    tooLong[0] = 127;
    byte[] unknownType = good.clone();
    unknownType[Integer.BYTES] = 99;
    for (byte[] sections :
        List.of(
            new byte[0],
            body(tooLong),
            body(unknownType),
            together(body(good), body(good)),
            together(new byte[] {7}, good),
            sequence("documents", good),
            together(body(good), new byte[] {1, 100, 0, 0, 0}),
            new byte[] {1, 0, 0, 0, 0},
            new byte[] {0, -1, -1, -1, -1})) {
      try (Socket socket = connect()) {
        socket.getOutputStream().write(message(0, sections));
        assertThat(socket.getInputStream().read())
            .as("%s", Arrays.toString(sections))
            .isEqualTo(-1);
      }
    }
    assertThat(store.collection("kept").countDocuments()).isEqualTo(1);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), store.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static byte[] ping() {
    return DocumentWriter.write(
        new de.bwaldvogel.mongo.bson.Document("ping", 1).append("$db", "admin"));
  }

  private static byte[] body(byte[] document) {
    return together(new byte[] {0}, document);
  }

  private static byte[] sequence(String name, byte[]... documents) {
    byte[] all = together(documents);
    byte[] section = new byte[1 + Integer.BYTES + name.length() + 1 + all.length];
    little(section)
        .put((byte) 1)
        .putInt(section.length - 1)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0)
        .put(all);
    return section;
  }

  private static byte[] message(int flags, byte[] sections) {
    byte[] message = new byte[20 + sections.length];
    little(message)
        .putInt(message.length)
        .putInt(1)
        .putInt(0)
        .putInt(OP_MSG)
        .putInt(flags)
        .put(sections);
    return message;
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static de.bwaldvogel.mongo.bson.Document answer(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = new byte[21];
    in.readFully(header);
    byte[] document = new byte[little(header).getInt() - 21];
    in.readFully(document);
    return DocumentReader.read(document);
  }
}
