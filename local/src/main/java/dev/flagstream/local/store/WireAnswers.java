package dev.flagstream.local.store;

import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes answers to messages of today's drivers, with documents by {@link DocumentWriter}. */
final class WireAnswers extends MessageToByteEncoder<MongoMessage> {

  private static final int BEFORE_THE_DOCUMENT = 21;

  @Override
  protected void encode(ChannelHandlerContext context, MongoMessage answer, ByteBuf sent) {
    byte[] document = DocumentWriter.write(answer.getDocument());
    sent.ensureWritable(BEFORE_THE_DOCUMENT + document.length);
    sent.writeIntLE(BEFORE_THE_DOCUMENT + document.length);
    sent.writeIntLE(answer.getHeader().getRequestID());
    sent.writeIntLE(answer.getHeader().getResponseTo());
    sent.writeIntLE(OpCode.OP_MSG.getId());
    sent.writeIntLE(answer.getFlags());
    sent.writeByte(MongoMessage.SECTION_KIND_BODY);
    sent.writeBytes(document);
  }
}
