using System.Buffers;
using MessagePack;

namespace Sync.Net.Wire;

/// <summary>Writes elements as MessagePack, each in its shortest form.</summary>
internal ref struct PackSink : IElementSink
{
    private MessagePackWriter _writer;

    public PackSink(IBufferWriter<byte> output) => _writer = new MessagePackWriter(output);

    public void Array(int count) => _writer.WriteArrayHeader(count);

    public void Nil() => _writer.WriteNil();

    public void Bool(bool value) => _writer.Write(value);

    public void Int(long value) => _writer.Write(value);

    public void UInt(ulong value) => _writer.Write(value);

    public void String(string value) => _writer.Write(value);

    public void Bytes(ReadOnlySpan<byte> value) => _writer.Write(value);

    public void Id(Guid value)
    {
        const int Length = 16;
        _writer.WriteBinHeader(Length);
        value.TryWriteBytes(_writer.GetSpan(Length), bigEndian: true, out _);
        _writer.Advance(Length);
    }

    public void Flush() => _writer.Flush();
}
