namespace Sync.Net.Payloads;

/// <summary>Bytes travel as they are.</summary>
internal sealed class MemoryPayload(int maxBytes) : PayloadSerializer<ReadOnlyMemory<byte>>
{
    public override string Contract => PayloadContract.Bytes;

    public override ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> value) => PayloadSerializers.Bounded(value, maxBytes).ToArray();

    // Copied: the bytes may be part of a frame that others read too.
    public override ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> data) => data.ToArray();
}
