namespace Sync.Net.Wire;

/// <summary>
/// What a frame is written to: once to be measured and once to be packed, by the same code, so that the length is
/// known before the first byte and a large payload is copied only to where it goes.
/// </summary>
internal interface IElementSink
{
    void Array(int count);

    void Nil();

    void Bool(bool value);

    void Int(long value);

    void UInt(ulong value);

    void String(string value);

    void Bytes(ReadOnlySpan<byte> value);

    /// <summary>16 bytes, in the order in which the id is written in text.</summary>
    void Id(Guid value);
}
