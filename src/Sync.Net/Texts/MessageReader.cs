using Sync.Net.Payloads;

namespace Sync.Net.Texts;

/// <summary>Reads what messages carry, and tells in one way what is wrong with them.</summary>
internal sealed class MessageReader(SyncOptions options, CallContext call)
{
    public IReadOnlyDictionary<string, string> Map(SyncMessage message, ReadOnlyMemory<byte> payload, string? contract) =>
        Read(message, payload, contract, new StringMapPayload(PayloadSerializers.MaxPayloadBytes(options.Limits)));

    public T Value<T>(SyncMessage message, ReadOnlyMemory<byte> payload, string? contract)
        where T : notnull =>
        typeof(T) == typeof(IReadOnlyDictionary<string, string>)
            ? (T)Map(message, payload, contract)
            : Read(message, payload, contract, PayloadSerializers.Create<T>(options));

    private T Read<T>(SyncMessage message, ReadOnlyMemory<byte> payload, string? contract, PayloadSerializer<T> payloads)
        where T : notnull
    {
        if (PayloadContract.Differ(contract, payloads.Contract)) throw FailureMapper.WrongContract(call, message.Sender, contract!, payloads.Contract);
        try
        {
            return payloads.Read(payload);
        }
        catch (PayloadException e)
        {
            throw FailureMapper.Payload(call, message.Sender, e.Message, e.Hint, e.InnerException);
        }
    }
}
