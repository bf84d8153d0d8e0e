using CsCheck;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>What holds of counted barriers however all forms are mixed: bare, participants, named, lost members, returns.</summary>
public sealed class CountLawTests
{
    private static readonly string[] Members = ["a", "b", "c", "d"];

    private static readonly Gen<(int Kind, int Member, int Choice)[]> AnySteps =
        Gen.Select(Gen.Int[0, 17], Gen.Int[0, 3], Gen.Int[0, 63], static (kind, member, choice) => (kind, member, choice)).Array[0, 60];

    [Fact]
    public void X1_X3_Rule15_AnyMixOfForms_ReleasesExactlyWhoWasCountedAndEndsEachWaitOnce() => AnySteps.Sample(Run, iter: 5000);

    private static void Run((int Kind, int Member, int Choice)[] steps)
    {
        var group = new GroupDriver(string.Join(' ', Members));
        var waits = new List<Wait>();
        var connected = new HashSet<string>(Members);
        foreach ((int kind, int index, int choice) in steps)
        {
            group.Advance(0.1);
            string member = Members[index];
            if (connected.Contains(member)) Apply(group, waits, connected, kind, member, choice);
            else if (kind > 7 && connected.Add(member)) group.Restart(member);
            foreach (Wait wait in waits) Check(wait);
            OneOutcomeARound(waits);
        }
        foreach (string member in Members.Where(connected.Add)) group.Restart(member);
        // Who was lost is owed how its round ended, and hears it when it waits again.
        foreach (string member in Members) group.Count(member);
        group.Clear("a");
        Assert.Equal((0, 0, 0), ((int)group.Coordinator.KeptBytes, group.Coordinator.KeptRounds, group.Coordinator.KeptRequests));
    }

    private static void Apply(GroupDriver group, List<Wait> waits, HashSet<string> connected, int kind, string member, int choice)
    {
        EnterFlags flags = (choice & 32) != 0 ? EnterFlags.WaitForReturn : EnterFlags.None;
        int number = 1 + (choice % 3);
        string named = string.Join(' ', Members.Where((_, i) => ((choice >> 1) & (1 << i)) != 0));
        Wait? open = waits.FindLast(each => each.Member == member && each.IsOpen && each.Incarnation == group.IncarnationOf(member));
        if (kind < 6) waits.Add(group.Count(member, flags: flags));
        else if (kind == 6) waits.Add(group.Count(member, number, flags: flags));
        else if (kind < 9) waits.Add(group.Initialize(member, number, flags: flags));
        else if (kind < 11) waits.Add(group.InitializeFor(member, named, flags));
        else if (kind == 11) waits.Add(group.Add(member, number));
        else if (kind == 12) waits.Add(group.Add(member, 0, roster: named));
        else if (kind == 13) waits.Add(group.Clear(member));
        else if (kind == 14 && open is not null) group.TimeOut(open);
        else if (kind == 15) group.Depart(member, left: connected.Remove(member) && choice % 2 == 0);
        else if (kind > 15 && connected.Remove(member)) group.Lose(member);
    }

    private static void Check(Wait wait)
    {
        Assert.InRange(wait.Answers.Count, 0, 1);
        if (wait.IsOpen || wait.Outcome is not Released { Contributions: { } counted } released) return;
        long[] changes = [.. counted.Select(each => each.Number)];
        long waiters = changes.Count(static each => each == -1);
        Assert.True(waiters > 0);
        if (waiters < changes.Length) Assert.Equal(0, changes.Sum());
        Assert.Equal(released.Count, released.Arrivals!.Select(each => each.Member).Distinct().Count());
        Assert.Contains(wait.Member, released.Arrivals!.Select(each => each.Member));
    }

    private static void OneOutcomeARound(List<Wait> waits)
    {
        foreach (var round in waits.Where(each => !each.IsOpen && each.Generation > 0).GroupBy(each => each.Generation))
        {
            Assert.Single(round.Select(each => each.Outcome).Distinct(ReferenceEqualityComparer.Instance));
        }
    }
}
