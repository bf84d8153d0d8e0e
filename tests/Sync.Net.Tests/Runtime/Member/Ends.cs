using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Outcomes to answer with.</summary>
internal static class Ends
{
    public static Outcome Released { get; } = new Released(2, "web1", null, null, []);

    public static Outcome Withdrawn => Sync.Net.Wire.Withdrawn.Instance;

    public static Outcome TimedOut { get; } = Broken(SyncFailureKind.Timeout);

    public static Outcome Mismatch { get; } = Broken(SyncFailureKind.Mismatch);

    public static Outcome Lost { get; } = Broken(SyncFailureKind.MemberLost);

    private static Failed Broken(SyncFailureKind kind) => new(kind, "web1", null, null, [], [], []);
}
