using System.Globalization;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>What a ratio must not exceed; without a limit it is only reported.</summary>
/// <param name="Limit">The largest ratio, or none.</param>
/// <param name="MustBeBelow">The limit itself is too much already.</param>
internal sealed record Bar(double? Limit, bool MustBeBelow = false)
{
    public static Bar None { get; } = new(Limit: null);

    public bool Allows(double ratio) => Limit is not { } limit || (MustBeBelow ? ratio < limit : ratio <= limit);

    public override string ToString() => Limit is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"bar {(MustBeBelow ? "below " : "")}{limit:F2}")
        : "no bar";
}
