using System.Buffers;
using MessagePack;

namespace Sync.Net.Payloads;

/// <summary>A string map travels as a MessagePack map of strings, without any formatter.</summary>
internal sealed class StringMapPayload(int maxBytes) : PayloadSerializer<IReadOnlyDictionary<string, string>>
{
    // Each pair has at least this many bytes: known to be there before anything is allocated for it.
    private const int LeastPairBytes = 2;

    public override string Contract => PayloadContract.Map;

    public override ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, string> value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(value.Count);
        foreach ((string key, string text) in value)
        {
            writer.WriteString(StringPayload.Encode(key));
            writer.WriteString(StringPayload.Encode(text ?? throw new PayloadException("holds a null value")));
        }
        writer.Flush();
        return PayloadSerializers.Bounded(buffer.WrittenMemory, maxBytes);
    }

    public override IReadOnlyDictionary<string, string> Read(ReadOnlyMemory<byte> data)
    {
        try
        {
            var reader = new MessagePackReader(data);
            int count = reader.ReadMapHeader();
            if ((long)count * LeastPairBytes > data.Length) throw new PayloadException("is cut short");
            var map = new Dictionary<string, string>(count, StringComparer.Ordinal);
            for (int i = 0; i < count; i++)
            {
                map[reader.ReadString() ?? throw new PayloadException("holds a nil key")] =
                    reader.ReadString() ?? throw new PayloadException("holds a nil value");
            }
            return reader.End ? map : throw new PayloadException("has bytes left over");
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            throw new PayloadException("could not be read as a map of strings");
        }
    }
}
