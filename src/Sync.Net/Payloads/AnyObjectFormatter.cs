using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Formatters;

namespace Sync.Net.Payloads;

/// <summary>
/// A place of type <see cref="object"/>: written as what stands there, by the guarded resolver; read as numbers, strings,
/// arrays and dictionaries, never as a type that the other side names.
/// </summary>
[RequiresDynamicCode("MessagePack makes its formatters at run time.")]
[RequiresUnreferencedCode("MessagePack reflects over the types that are written.")]
internal sealed class AnyObjectFormatter : IMessagePackFormatter<object?>
{
    public static readonly AnyObjectFormatter Instance = new();

    private AnyObjectFormatter()
    {
    }

    public void Serialize(ref MessagePackWriter writer, object? value, MessagePackSerializerOptions options)
    {
        if (value is null) writer.WriteNil();
        else if (value.GetType() == typeof(object)) writer.WriteMapHeader(0);
        else MessagePackSerializer.Serialize(value.GetType(), ref writer, value, options);
    }

    public object? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        PrimitiveObjectFormatter.Instance.Deserialize(ref reader, options);
}
