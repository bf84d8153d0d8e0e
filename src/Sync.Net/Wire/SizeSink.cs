using System.Text;

namespace Sync.Net.Wire;

/// <summary>Adds up the bytes that <see cref="PackSink"/> will write.</summary>
internal struct SizeSink : IElementSink
{
    public long Bytes { get; private set; }

    public void Array(int count) => Bytes += count switch { < 16 => 1, <= ushort.MaxValue => 3, _ => 5 };

    public void Nil() => Bytes++;

    public void Bool(bool value) => Bytes++;

    public void Int(long value)
    {
        if (value >= 0)
        {
            UInt((ulong)value);
            return;
        }
        Bytes += value switch { >= -32 => 1, >= sbyte.MinValue => 2, >= short.MinValue => 3, >= int.MinValue => 5, _ => 9 };
    }

    public void UInt(ulong value) =>
        Bytes += value switch { < 128 => 1, <= byte.MaxValue => 2, <= ushort.MaxValue => 3, <= uint.MaxValue => 5, _ => 9 };

    public void String(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Bytes += length + length switch { < 32 => 1, <= byte.MaxValue => 2, <= ushort.MaxValue => 3, _ => 5 };
    }

    public void Id(Guid value) => Bytes += 2 + 16;

    void IElementSink.Bytes(ReadOnlySpan<byte> value) =>
        Bytes += value.Length + value.Length switch { <= byte.MaxValue => 2, <= ushort.MaxValue => 3, _ => 5L };
}
