using CsCheck;

namespace Sync.Net.Tests.Coordination;

/// <summary>RULES 2 in random use: a server that dies at any time, and the next one that has only what was kept.</summary>
public sealed class KeptMixtureTests
{
    private static readonly Gen<MixedMove> AnyMove = Gen.Select(
        Gen.Frequency(
            (40, Gen.Const(MixedMoveKind.Ask)),
            (4, Gen.Const(MixedMoveKind.RestartServer)),
            (3, Gen.Const(MixedMoveKind.Withdraw)),
            (1, Gen.Const(MixedMoveKind.Fail)),
            (1, Gen.Const(MixedMoveKind.Lose)),
            (1, Gen.Const(MixedMoveKind.Depart)),
            (4, Gen.Const(MixedMoveKind.Restart)),
            (2, Gen.Const(MixedMoveKind.Return)),
            (8, Gen.Const(MixedMoveKind.Acknowledge)),
            (6, Gen.Const(MixedMoveKind.Declare))),
        Gen.Int[0, 2],
        Gen.Int[0, 479],
        static (kind, member, choice) => new MixedMove(kind, member, choice));

    // Only what is kept, or waits for it; and no two waits of a member at a time.
    private static readonly Gen<(string Member, int Choice)[]> AnyUse = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], static (member, choice) => ("abc"[member].ToString(), choice)).Array[0, 40];

    [Fact]
    public void Rule2_ServerDiesAtAnyTime_OnlyTheFactsLetThrough() =>
        AnyMove.Array[0, 90].Sample(static moves => { new MixedPlay(essential: false, isKept: true).Run(moves); }, iter: 2000);

    [Fact]
    public void Rule2_ServerDiesAtAnyTime_AllLeaveAndNothingIsKept() =>
        AnyMove.Array[0, 60].Sample(static moves => { new MixedPlay(essential: true, isKept: true).Run(moves).End(); }, iter: 500);

    [Fact]
    public void Rule2_WhatIsKept_MakesTheNextServerAnswerAsThisOneWould() =>
        Gen.Select(AnyUse, AnyUse).Sample(
            static (before, after) =>
            {
                GroupDriver first = GroupDriver.Closed("a b c", options: GroupDriver.Keeping);
                Use(first, before);
                GroupDriver second = first.NextServer("a b c");
                second.Declare("a b c", "a b c");
                Assert.Equal(first.Coordinator.KeptBytes, second.Coordinator.KeptBytes);

                Assert.Equal(Use(first, after), Use(second, after));
                Assert.Equal(KeysOf(first), KeysOf(second));
            },
            iter: 1000);

    /// <summary>Credits are only told apart by their numbers, which begin anew when none is left.</summary>
    private static IEnumerable<string> KeysOf(GroupDriver group) =>
        group.Book.Keys.Select(static key => key.StartsWith("g 7 ", StringComparison.Ordinal) ? "credit" : key);

    private static List<string> Use(GroupDriver group, (string Member, int Choice)[] uses)
    {
        var answers = new List<string>();
        foreach ((string member, int choice) in uses)
        {
            Wait wait = choice switch
            {
                0 or 1 => group.Sync(member, "m", "s"),
                2 or 3 => group.Send(member, "m", "t"),
                4 => group.Receive(member, "m", after: 2),
                5 => group.ReceiveAll(member, "m"),
                6 => group.Add(member, 1, code: 3),
                7 => group.Count(member),
                8 => group.SetState(member, "up"),
                _ => group.WaitForStates(member, "a b c", "up"),
            };
            // It is not to be open beyond the server's life: then the next one could not know of it.
            bool wasOpen = wait.IsOpen;
            if (wasOpen) group.Cancel(wait);
            answers.Add($"{member} {choice} {wasOpen} {Show(wait)}");
        }
        return answers;
    }

    private static string Show(Wait wait) =>
        $"{wait.Outcome.GetType().Name} {(wait.Session.Kind == Sync.Net.Wire.SessionKind.Board ? wait.Generation : 0)} {(wait.Outcome is Sync.Net.Wire.Released { Contributions: not null } ? wait.Data : "")}";
}
