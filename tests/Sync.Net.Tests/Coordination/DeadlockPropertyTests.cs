using CsCheck;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>No false alarm, and none that is missed: random groups in which each verdict is tried out.</summary>
public sealed class DeadlockPropertyTests
{
    private const int MostPaths = 50;

    private static readonly Gen<DeadlockMove> AnyMove = Gen.Select(
        Gen.Frequency(
            (24, Gen.Const(DeadlockMoveKind.Wait)),
            (4, Gen.Const(DeadlockMoveKind.Contribute)),
            (3, Gen.Const(DeadlockMoveKind.Declare)),
            (1, Gen.Const(DeadlockMoveKind.Silence)),
            (2, Gen.Const(DeadlockMoveKind.Hear)),
            (1, Gen.Const(DeadlockMoveKind.Reconnect)),
            (2, Gen.Const(DeadlockMoveKind.Withdraw)),
            (1, Gen.Const(DeadlockMoveKind.Lose)),
            (3, Gen.Const(DeadlockMoveKind.Restart))),
        Gen.Int[0, 11],
        Gen.Int[0, 989],
        (kind, member, choice) => new DeadlockMove(kind, member, choice));

    private static readonly Gen<(int Members, int Late, DeadlockMove[] Moves)> AnyRun =
        Gen.Select(Gen.Int[1, 4], Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 15])), AnyMove.Array[1, 24]);

    [Fact]
    public void X8_AnyGroup_VerdictIffNobodyGoesOn_AndNoContinuationMeetsAWait() =>
        AnyRun.Sample(
            Check,
            iter: 2000,
            print: static run => $"{run.Members} members, late {run.Late}: {string.Join(", ", run.Moves)}");

    private static void Check((int Members, int Late, DeadlockMove[] Moves) run)
    {
        var play = new DeadlockPlay(run.Members, run.Late, promises: true);
        for (int i = 0; i < run.Moves.Length; i++)
        {
            play.Apply(run.Moves[i]);
            if (!play.Told.Any())
            {
                Assert.False(play.NobodyGoesOn && !play.WithdrawalMayMeet && !IsAskedForLife(run.Members, run.Late, run.Moves[..(i + 1)]), $"a deadlock was missed at move {i}");
                continue;
            }
            DeadlockMove[] until = run.Moves[..(i + 1)];
            Wait[] told = [.. play.Told];
            DeadlockPlay without = Replay(run.Members, run.Late, until, promises: false);
            Assert.True(without.NobodyGoesOn, $"a false alarm at move {i}");
            Assert.Equal(without.Open.Select(NameOf), told.Select(NameOf));
            Explore(run.Members, run.Late, until);
            return;
        }
    }

    /// <summary>Whether a round is complete but for the members' signs of life, which meets it: who asked for them may have given up since.</summary>
    private static bool IsAskedForLife(int members, int late, DeadlockMove[] moves)
    {
        DeadlockPlay play = Replay(members, late, moves, promises: true);
        Wait[] open = [.. play.Open];
        play.ShowLife();
        return Array.Exists(open, static wait => wait.Answers.Exists(static answer => answer.Outcome is Released));
    }

    /// <summary>The same moves again; of members that promise nothing, it is the state in which a verdict was given, without it.</summary>
    private static DeadlockPlay Replay(int members, int late, DeadlockMove[] moves, bool promises)
    {
        var play = new DeadlockPlay(members, late, promises);
        foreach (DeadlockMove move in moves) play.Apply(move);
        return play;
    }

    /// <summary>The members end in every order and way, or in so many of these as there is time for: nobody's wait is met.</summary>
    private static void Explore(int members, int late, DeadlockMove[] moves)
    {
        int all = 1;
        for (int i = 1; i <= members; i++) all *= i * 5;
        int step = Math.Max(1, (all / MostPaths) | 1);
        for (int path = 0; path < all; path += step)
        {
            DeadlockPlay play = Replay(members, late, moves, promises: false);
            Wait[] open = [.. play.Open];
            var left = play.Members.ToList();
            for (int rest = path; left.Count > 0;)
            {
                int next = rest % left.Count;
                rest /= left.Count;
                play.End(left[next], rest % 5);
                rest /= 5;
                left.RemoveAt(next);
                Assert.DoesNotContain(open, static wait => wait.Answers.Exists(static answer => answer.Outcome is Released));
            }
        }
    }

    private static string NameOf(Wait wait) => $"{wait.Member} {wait.Session}";
}
