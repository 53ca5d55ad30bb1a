package dev.flagstream.local.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what clients send. The messages of today's drivers are read by {@link DocumentReader}, from
 * a copy of the bytes; older ones, and those with a checksum, are left to the library.
 *
 * <p>A message has at most {@link MongoWireProtocolHandler#MAX_MESSAGE_SIZE_BYTES}; one that is no
 * such message ends the connection that it came by.
 */
final class WireRequests extends MongoWireProtocolHandler {

  private static final int REQUEST_ID = 4;
  private static final int RESPONSE_TO = 8;
  private static final int OP_CODE = 12;
  private static final int FLAGS = 16;
  private static final int SECTIONS = 20;

  @Override
  protected ClientRequest decode(ChannelHandlerContext context, ByteBuf received) throws Exception {
    int start = received.readerIndex();
    int readable = received.readableBytes();
    if (readable < SECTIONS
        || received.getIntLE(start + OP_CODE) != OpCode.OP_MSG.getId()
        || received.getIntLE(start + FLAGS) != 0) {
      return super.decode(context, received);
    }
    int length = received.getIntLE(start);
    if (length < SECTIONS || length > readable || length > MAX_MESSAGE_SIZE_BYTES) {
      return super.decode(context, received);
    }
    MessageHeader header =
        new MessageHeader(
            length, received.getIntLE(start + REQUEST_ID), received.getIntLE(start + RESPONSE_TO));
    byte[] message = new byte[length];
    received.readBytes(message);
    return new MongoMessage(context.channel(), header, command(message));
  }

  /** The command with the documents that were sent beside it, in arrays of theirs. */
  private static Document command(byte[] message) {
    Document command = null;
    Document beside = new Document();
    int at = SECTIONS;
    while (at < message.length) {
      byte kind = message[at++];
      int length = DocumentReader.length(message, at);
      if (length < Integer.BYTES || length > message.length - at) {
        throw new IllegalArgumentException(
            "A section of " + length + " bytes in " + (message.length - at) + " bytes");
      }
      int end = at + length;
      if (kind == MongoMessage.SECTION_KIND_BODY && command == null) {
        command = DocumentReader.read(message, at, end);
      } else if (kind == MongoMessage.SECTION_KIND_DOCUMENT_SEQUENCE) {
        addSequence(message, at + Integer.BYTES, end, beside);
      } else {
        throw new IllegalArgumentException("A section of kind " + kind + ", or a second command");
      }
      at = end;
    }
    if (command == null) {
      throw new IllegalArgumentException("A message without a command");
    }
    for (Map.Entry<String, Object> sequence : beside.entrySet()) {
      if (command.put(sequence.getKey(), sequence.getValue()) != null) {
        throw new IllegalArgumentException("'" + sequence.getKey() + "' is there twice");
      }
    }
    return command;
  }

  private static void addSequence(byte[] message, int from, int end, Document beside) {
    int endOfName = from;
    while (endOfName < end && message[endOfName] != 0) {
      endOfName++;
    }
    List<Document> documents = new ArrayList<>();
    for (int at = endOfName + 1; at < end; at += DocumentReader.length(message, at)) {
      documents.add(DocumentReader.read(message, at, end));
    }
    if (beside.put(FieldNames.of(message, from, endOfName), documents) != null) {
      throw new IllegalArgumentException("A sequence of documents is there twice");
    }
  }
}
