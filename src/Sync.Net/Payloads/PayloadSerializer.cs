namespace Sync.Net.Payloads;

/// <summary>Turns a member's values into bytes and back. Stateless: safe for several threads.</summary>
internal abstract class PayloadSerializer<T>
    where T : notnull
{
    /// <summary>Travels with each value; values of another contract are a mismatch. Empty: not checked.</summary>
    public abstract string Contract { get; }

    /// <exception cref="PayloadException">The value can't be written; its text does not hold the value.</exception>
    public abstract ReadOnlyMemory<byte> Write(T value);

    /// <exception cref="PayloadException">The bytes are no such value; its text does not hold them.</exception>
    public abstract T Read(ReadOnlyMemory<byte> data);
}
