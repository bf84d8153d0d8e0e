using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>What no session knows is refused to who asks it, and harms nobody.</summary>
public sealed class UnknownActTests
{
    private static readonly SessionKind[] Kinds = Enum.GetValues<SessionKind>();

    [Fact]
    public void Ask_ActOfALaterVersion_IsRefusedInEveryKind() =>
        Assert.All(Kinds, kind => AssertRefused(kind, (Act)((int)Ask.LastAct + 1), "the server does not know act 18"));

    [Fact]
    public void Ask_ActOfAnotherKind_IsRefused()
    {
        foreach (SessionKind kind in Kinds)
        {
            foreach (Act act in Enum.GetValues<Act>().Where(act => act <= Ask.LastAct && !Knows(kind, act))) AssertRefused(kind, act, "does not know");
        }
    }

    private static bool Knows(SessionKind kind, Act act) => Ask.KindOf(act) is { } of ? of == kind : kind <= SessionKind.Data;

    private static void AssertRefused(SessionKind kind, Act act, string text)
    {
        var group = new GroupDriver("a b");
        Wait bystander = group.Enter("b", "x");
        Wait asked = group.Ask("a", kind, "y", new Ask(act));

        Assert.Equal(SyncFailureKind.Refused, asked.Failed.Kind);
        Assert.Contains(text, asked.Failed.Reason, StringComparison.Ordinal);
        Assert.True(bystander.IsOpen);
    }
}
