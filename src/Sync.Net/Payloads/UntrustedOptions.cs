using System.Diagnostics.CodeAnalysis;
using MessagePack;

namespace Sync.Net.Payloads;

/// <summary>The caller's MessagePack options, or the default ones, made safe for bytes from outside.</summary>
[RequiresDynamicCode("MessagePack makes its formatters at run time.")]
[RequiresUnreferencedCode("MessagePack reflects over the types that are written.")]
internal sealed class UntrustedOptions : MessagePackSerializerOptions
{
    private UntrustedOptions(MessagePackSerializerOptions copyFrom)
        : base(copyFrom)
    {
    }

    public static UntrustedOptions From(MessagePackSerializerOptions? options)
    {
        MessagePackSerializerOptions start = options ?? MessagePackSerializerOptions.Standard.WithResolver(AnyTypeResolver.Instance);
        if (start.Resolver.GetFormatter<object>() is MessagePack.Formatters.TypelessFormatter)
        {
            throw new ArgumentException(
                "SyncOptions.MessagePackOptions uses a typeless resolver, which makes whatever type the other side names: "
                + "use another one, such as ContractlessStandardResolver.");
        }
        // A stricter security of the caller's own is kept; the plain trusting one is not.
        MessagePackSecurity security = start.Security is { HashCollisionResistant: true } ? start.Security : MessagePackSecurity.UntrustedData;
        return (UntrustedOptions)new UntrustedOptions(start)
            .WithResolver(new GuardedResolver(start.Resolver))
            .WithSecurity(security);
    }

    // A formatter named by an attribute bypasses the resolver; this is where it would load a type by its name.
    public override Type? LoadType(string typeName) => throw new RefusedTypeException("A type that the other side names is not loaded.");

    public override void ThrowIfDeserializingTypeIsDisallowed(Type type) =>
        throw new RefusedTypeException("A type that the other side names is not made.");

    protected override MessagePackSerializerOptions Clone() => new UntrustedOptions(this);
}
