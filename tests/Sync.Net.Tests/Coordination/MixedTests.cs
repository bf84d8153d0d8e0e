using CsCheck;

namespace Sync.Net.Tests.Coordination;

/// <summary>Random use of all kinds of sessions at once; a failure prints its seed and a shrunk list of moves.</summary>
public sealed class MixedTests
{
    private static readonly Gen<MixedMove> AnyMove = Gen.Select(
        Gen.Frequency(
            (24, Gen.Const(MixedMoveKind.Ask)),
            (3, Gen.Const(MixedMoveKind.Withdraw)),
            (1, Gen.Const(MixedMoveKind.Fail)),
            (1, Gen.Const(MixedMoveKind.Abort)),
            (1, Gen.Const(MixedMoveKind.Lose)),
            (1, Gen.Const(MixedMoveKind.Depart)),
            (5, Gen.Const(MixedMoveKind.Restart)),
            (3, Gen.Const(MixedMoveKind.Return)),
            (6, Gen.Const(MixedMoveKind.Acknowledge)),
            (1, Gen.Const(MixedMoveKind.Silence)),
            (3, Gen.Const(MixedMoveKind.ShowLife)),
            (2, Gen.Const(MixedMoveKind.Declare))),
        Gen.Int[0, 2],
        Gen.Int[0, 479],
        (kind, member, choice) => new MixedMove(kind, member, choice));

    private static readonly Gen<(bool Essential, MixedMove[] Moves)> AnyRun =
        Gen.Select(Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))), AnyMove.Array[0, 90]);

    [Fact]
    public void X1_X2_X3_AnyMixture_EachRequestIsAnsweredOnceAndOnlyTheFactsLetThrough() =>
        AnyRun.Sample(static run => { new MixedPlay(run.Essential).Run(run.Moves); }, iter: 2000, print: Print);

    [Fact]
    public void X2_AnyMixtureThatAllHaveLeft_NothingIsKept() =>
        AnyRun.Sample(static run => { new MixedPlay(run.Essential).Run(run.Moves).End(); }, iter: 800, print: Print);

    [Fact]
    public void Apply_SameMixtureTwice_GivesTheSameEffects() =>
        AnyRun.Sample(static run => Effects(run).SequenceEqual(Effects(run)), iter: 200, print: Print);

    private static IEnumerable<string> Effects((bool Essential, MixedMove[] Moves) run) =>
        new MixedPlay(run.Essential).Run(run.Moves).History.Select(static effect => effect.ToString());

    private static string Print((bool Essential, MixedMove[] Moves) run) => $"essential {run.Essential}: {string.Join(", ", run.Moves)}";
}
