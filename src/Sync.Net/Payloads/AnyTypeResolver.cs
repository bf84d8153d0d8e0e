using System.Diagnostics.CodeAnalysis;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Sync.Net.Payloads;

/// <summary>
/// Any type, by its attributes or by its property names. Generated code can't see internal types, such as a record
/// declared in Program.cs; for those a slower way is taken that may look at everything.
/// </summary>
[RequiresDynamicCode("MessagePack makes its formatters at run time.")]
[RequiresUnreferencedCode("MessagePack reflects over the types that are written.")]
internal sealed class AnyTypeResolver : IFormatterResolver
{
    public static readonly AnyTypeResolver Instance = new();

    private AnyTypeResolver()
    {
    }

    public IMessagePackFormatter<T>? GetFormatter<T>() => typeof(T).IsVisible
        ? ContractlessStandardResolver.Instance.GetFormatter<T>()
        : ContractlessStandardResolverAllowPrivate.Instance.GetFormatter<T>();
}
