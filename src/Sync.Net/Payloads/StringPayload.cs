using System.Text;

namespace Sync.Net.Payloads;

/// <summary>A string travels as its UTF-8.</summary>
internal sealed class StringPayload(int maxBytes) : PayloadSerializer<string>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override string Contract => PayloadContract.Text;

    public override ReadOnlyMemory<byte> Write(string value) => PayloadSerializers.Bounded(Encode(value), maxBytes);

    /// <exception cref="PayloadException">The text is not valid Unicode.</exception>
    public static byte[] Encode(string value)
    {
        try
        {
            return Strict.GetBytes(value);
        }
        catch (EncoderFallbackException)
        {
            // Its text shows the character.
            throw new PayloadException("is not valid Unicode");
        }
    }

    public override string Read(ReadOnlyMemory<byte> data)
    {
        try
        {
            return Strict.GetString(data.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new PayloadException("is not valid UTF-8");
        }
    }
}
