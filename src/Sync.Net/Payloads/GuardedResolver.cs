using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Formatters;

namespace Sync.Net.Payloads;

/// <summary>
/// Another resolver, but for what must not travel. MessagePack's formatters ask the options' resolver for each type that they
/// meet, so one guard at the top covers the whole graph.
/// </summary>
[RequiresDynamicCode("MessagePack makes its formatters at run time.")]
[RequiresUnreferencedCode("MessagePack reflects over the types that are written.")]
internal sealed class GuardedResolver(IFormatterResolver inner) : IFormatterResolver
{
    private readonly ConcurrentDictionary<Type, object?> _formatters = new();

    public IMessagePackFormatter<T>? GetFormatter<T>() =>
        (IMessagePackFormatter<T>?)_formatters.GetOrAdd(typeof(T), static (_, resolver) => Create<T>(resolver), inner);

    private static IMessagePackFormatter<T>? Create<T>(IFormatterResolver inner)
    {
        if (RefusedTypes.ReasonFor(typeof(T)) is { } reason) throw new RefusedTypeException(reason);
        if (typeof(T) == typeof(object)) return (IMessagePackFormatter<T>)(object)AnyObjectFormatter.Instance;
        return inner.GetFormatter<T>();
    }
}
