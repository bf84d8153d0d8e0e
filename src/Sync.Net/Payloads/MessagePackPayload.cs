using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;
using Sync.Net.Texts;

namespace Sync.Net.Payloads;

/// <summary>Values as MessagePack, by the rules of <see cref="AnyTypeResolver"/> or of the caller's options.</summary>
[RequiresDynamicCode("MessagePack makes its formatters at run time.")]
[RequiresUnreferencedCode("MessagePack reflects over the types that are written.")]
internal sealed class MessagePackPayload<T>(MessagePackSerializerOptions? options, int maxBytes) : PayloadSerializer<T>
    where T : notnull
{
    private readonly MessagePackSerializerOptions _options = UntrustedOptions.From(options);

    public override string Contract { get; } = PayloadContract.NameOf(typeof(T));

    public override ReadOnlyMemory<byte> Write(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            MessagePackSerializer.Serialize(buffer, value, _options);
        }
        catch (MessagePackSerializationException e)
        {
            RefusedTypeException? refused = Causes(e).OfType<RefusedTypeException>().FirstOrDefault();
            throw new PayloadException(
                $"could not be written as {Contract}: {refused?.Message ?? InnermostText(e)}", innerException: e);
        }
        return PayloadSerializers.Bounded(buffer.WrittenMemory, maxBytes);
    }

    public override T Read(ReadOnlyMemory<byte> data)
    {
        T? value;
        int read;
        try
        {
            value = MessagePackSerializer.Deserialize<T>(data, _options, out read);
        }
        catch (MessagePackSerializationException e)
        {
            // Not as inner exception: texts such as that of a FormatException hold what was read.
            throw new PayloadException($"could not be read as {Contract} ({SafeText(e)})");
        }
        if (value is null) throw new PayloadException($"is nil, not {Contract}");
        return read == data.Length
            ? value
            : throw new PayloadException(
                FormattableString.Invariant($"could not be read as {Contract} ({data.Length - read} bytes are left over)"));
    }

    private static IEnumerable<Exception> Causes(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException) yield return cause;
    }

    // The library's own texts name types and members only; what a property threw may hold its value.
    private static string InnermostText(Exception e)
    {
        Exception last = Causes(e).Last();
        return last is MessagePackSerializationException or FormatterNotRegisteredException ? OneLine.Of(last.Message) : last.GetType().Name;
    }

    private static string SafeText(Exception e)
    {
        if (Causes(e).OfType<RefusedTypeException>().FirstOrDefault() is { } refused) return refused.Message.TrimEnd('.');
        Exception last = Causes(e).Last();
        return last is FormatterNotRegisteredException || last.Message.StartsWith("Unexpected msgpack code", StringComparison.Ordinal)
            ? OneLine.Of(last.Message).TrimEnd('.')
            : last.GetType().Name;
    }
}
