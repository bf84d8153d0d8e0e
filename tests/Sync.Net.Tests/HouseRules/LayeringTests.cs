namespace Sync.Net.Tests.HouseRules;

/// <summary>One direction: the public API uses the runtime, the runtime the coordination and the transport, the coordination the wire.</summary>
public sealed class LayeringTests
{
    /// <summary>The words that all layers share; they are public because users read them in failures and set them in options.</summary>
    private static readonly string[] Vocabulary = [nameof(SyncFailureKind), nameof(MemberState), nameof(SyncLimits)];

    /// <summary>Which layers a layer may use beside itself. Empty names the root, with the public types.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Wire"] = [],
        ["Transport"] = [],
        ["Coordination"] = ["Wire"],
        ["Runtime"] = ["Coordination", "Wire", "Transport"],

        // The public types' own helpers.
        ["Texts"] = ["", "Payloads", "Wire"],
        ["Payloads"] = ["", "Texts"],
        ["Arguments"] = ["", "Texts", "Transport", "Wire"],
        ["Configuration"] = ["", "Arguments", "Texts", "Transport"],
        ["Objects"] = ["", "Arguments", "Texts", "Runtime", "Transport", "Wire"],
        [""] = ["Arguments", "Configuration", "Objects", "Payloads", "Texts", "Runtime", "Transport", "Wire"],
    };

    /// <summary>Lower layers that take the public options as they are.</summary>
    private static readonly Dictionary<string, string[]> AllowedOptions = new()
    {
        ["Runtime"] = [nameof(SyncServerOptions), nameof(ISyncStore), nameof(SyncStoreEntry)],
    };

    [Fact]
    public void Layers_UseOnlyWhatIsBelowThem()
    {
        string[] faults =
        [
            .. from type in Library.Types
               from used in TypeUses.Of(type)
               where Library.IsOurs(used) && !IsAllowed(Library.LayerOf(type), used)
               select $"{type} uses {used}",
        ];

        Assert.Empty(faults);
    }

    [Fact]
    public void Layers_AreAllKnownHere() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Library.Types.Select(Library.LayerOf).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Coordination")]
    [InlineData("Wire")]
    public void PureLayers_KnowNoTaskLockClockLogOrSocket(string layer) => AssertPure(Library.Types.Where(type => Library.LayerOf(type) == layer));

    [Fact]
    public void MemberMachine_KnowsNoTaskLockClockLogOrSocket() =>
        AssertPure(Library.Types.Where(type => type.FullName!.Contains(".MemberMachine", StringComparison.Ordinal)));

    private static void AssertPure(IEnumerable<Type> types)
    {
        string[] faults =
        [
            .. from type in types
               from used in TypeUses.Of(type)
               where Impure.Is(used)
               select $"{type} uses {used}",
        ];

        Assert.NotEmpty(types);
        Assert.Empty(faults);
    }

    private static bool IsAllowed(string layer, Type used)
    {
        string other = Library.LayerOf(used);
        return other == layer
            || Allowed[layer].Contains(other)
            || (other.Length == 0 && (Vocabulary.Contains(used.Name) || AllowedOptions.GetValueOrDefault(layer, []).Contains(used.Name)));
    }
}
