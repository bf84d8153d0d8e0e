namespace Sync.Net.Payloads;

/// <summary>Bytes travel as they are.</summary>
internal sealed class ByteArrayPayload(int maxBytes) : PayloadSerializer<byte[]>
{
    public override string Contract => PayloadContract.Bytes;

    // Copied: the caller may change its array while the bytes are still to be sent again after a reconnect.
    public override ReadOnlyMemory<byte> Write(byte[] value) => PayloadSerializers.Bounded(value, maxBytes).ToArray();

    public override byte[] Read(ReadOnlyMemory<byte> data) => data.ToArray();
}
