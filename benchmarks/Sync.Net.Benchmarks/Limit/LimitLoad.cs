namespace Sync.Net.Benchmarks.Limit;

/// <summary>What the client process does in one run.</summary>
/// <param name="Members">How many connections meet.</param>
/// <param name="Rounds">How many rounds count.</param>
/// <param name="Bytes">What each member gives; 0 for a barrier.</param>
/// <param name="WarmUpMilliseconds">How long rounds do not count before.</param>
internal sealed record LimitLoad(int Members, int Rounds, int Bytes = 0, int WarmUpMilliseconds = 200)
{
    /// <summary>The .NET runtime compiles what a round needs in the background, in several steps.</summary>
    public const int ToCompile = 3000;

    /// <summary>About a second of rounds.</summary>
    public static LimitLoad Barrier(int members) => new(members, Math.Clamp(50_000 / members, 20, 10_000));
}
