using System.Buffers;

namespace Sync.Net.Payloads;

/// <summary>The caller's own serializer.</summary>
internal sealed class CustomPayload<T> : PayloadSerializer<T>
    where T : notnull
{
    private readonly ISyncSerializer _serializer;
    private readonly int _maxBytes;

    public CustomPayload(ISyncSerializer serializer, int maxBytes)
    {
        _serializer = serializer;
        _maxBytes = maxBytes;
        Contract = PayloadContract.Shorten(serializer.GetContract(typeof(T)) ?? "");
    }

    public override string Contract { get; }

    public override ReadOnlyMemory<byte> Write(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            _serializer.Serialize(buffer, value);
        }
        catch (Exception e) when (e is not PayloadException)
        {
            throw new PayloadException($"could not be written by {_serializer.GetType().Name}", innerException: e);
        }
        return PayloadSerializers.Bounded(buffer.WrittenMemory, _maxBytes);
    }

    public override T Read(ReadOnlyMemory<byte> data)
    {
        T? value;
        try
        {
            value = _serializer.Deserialize<T>(data);
        }
        catch (Exception e) when (e is not PayloadException)
        {
            throw new PayloadException($"could not be read by {_serializer.GetType().Name}", innerException: e);
        }
        return value is null ? throw new PayloadException($"was read as null by {_serializer.GetType().Name}") : value;
    }
}
