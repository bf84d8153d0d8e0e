using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Sync.Net.Payloads;

/// <summary>Chooses how values of a type are written.</summary>
internal static class PayloadSerializers
{
    private const int HeadRoomBytes = 64 * 1024;

    /// <summary>
    /// Whether MessagePack may be used: it reflects over the types and makes code at run time. The package's build file
    /// switches it off for trimmed programs.
    /// </summary>
    [FeatureSwitchDefinition("Sync.Net.MessagePackPayloads")]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
#pragma warning disable IL4000 // The switch is what trimming looks at; the analyzer only knows the runtime's own ones.
    internal static bool CanUseMessagePack =>
        AppContext.TryGetSwitch("Sync.Net.MessagePackPayloads", out bool on) ? on : RuntimeFeature.IsDynamicCodeSupported;
#pragma warning restore IL4000

    /// <exception cref="ArgumentException">The MessagePack options are not usable.</exception>
    /// <exception cref="NotSupportedException">The type needs MessagePack, or is one that never travels.</exception>
    public static PayloadSerializer<T> Create<T>(SyncOptions options)
        where T : notnull
    {
        int maxBytes = MaxPayloadBytes(options.Limits);
        if (options.Serializer is { } custom) return new CustomPayload<T>(custom, maxBytes);
        if (typeof(T) == typeof(byte[])) return (PayloadSerializer<T>)(object)new ByteArrayPayload(maxBytes);
        if (typeof(T) == typeof(ReadOnlyMemory<byte>)) return (PayloadSerializer<T>)(object)new MemoryPayload(maxBytes);
        if (typeof(T) == typeof(string)) return (PayloadSerializer<T>)(object)new StringPayload(maxBytes);
        if (RefusedTypes.ReasonFor(typeof(T)) is { } reason) throw new NotSupportedException($"SyncData<{PayloadContract.NameOf(typeof(T))}>: {reason}");
        if (CanUseMessagePack) return new MessagePackPayload<T>(options.MessagePackOptions, maxBytes);
        throw new NotSupportedException(
            $"SyncData<{PayloadContract.NameOf(typeof(T))}> needs code made at run time, which this program does not allow (native AOT or trimming): "
            + "set SyncOptions.Serializer, or exchange byte[] or string.");
    }

    /// <summary>What one member can give: a frame, less its other fields.</summary>
    public static int MaxPayloadBytes(SyncLimits limits) => limits.MaxFrameBytes - Math.Min(HeadRoomBytes, limits.MaxFrameBytes / 2);

    /// <exception cref="PayloadException">More bytes than one member can give.</exception>
    public static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> data, int maxBytes) => data.Length <= maxBytes
        ? data
        : throw new PayloadException(
            FormattableString.Invariant($"has {data.Length} bytes, and at most {maxBytes} are allowed"),
            "Raise SyncLimits.MaxFrameBytes on all members and the server, or exchange a place to fetch the data from.");
}
