using CsCheck;

namespace Sync.Net.Tests.Coordination;

/// <summary>Random sends, waits, syncs, withdrawals, losses and returns on one board against the model.</summary>
public sealed class BoardInterleavingTests
{
    private static readonly Gen<(int Members, BoardStep[] Steps)> AnyRun = Gen.Select(Gen.Int[1, 4], Steps(syncs: 6).Array[0, 60]);

    /// <summary>Hardly anything but syncs of few members: many rounds.</summary>
    private static readonly Gen<(int Members, BoardStep[] Steps)> RoundsRun = Gen.Select(Gen.Int[1, 3], Steps(syncs: 60).Array[0, 60]);

    [Fact]
    public void L4_L5_AnyInterleaving_EachRequestIsAnsweredOnceAndNeverEarly() =>
        AnyRun.Sample(run => new BoardInterleaving(run.Members).Run(run.Steps), iter: 4000, print: Print);

    [Fact]
    public void Rule13_AnyInterleavingOfSyncs_NobodyIsARoundAheadOfAnothersContribution() =>
        RoundsRun.Sample(run => new BoardInterleaving(run.Members).Run(run.Steps), iter: 4000, print: Print);

    private static Gen<BoardStep> Steps(int syncs) => Gen.Select(
        Gen.Frequency(
            (5, Gen.Const(BoardStepKind.Send)),
            (4, Gen.Const(BoardStepKind.Receive)),
            (5, Gen.Const(BoardStepKind.ReceiveAll)),
            (syncs, Gen.Const(BoardStepKind.Sync)),
            (1, Gen.Const(BoardStepKind.Peek)),
            (4, Gen.Const(BoardStepKind.Withdraw)),
            (8, Gen.Const(BoardStepKind.Acknowledge)),
            (3, Gen.Const(BoardStepKind.Lose)),
            (4, Gen.Const(BoardStepKind.Restart)),
            (4, Gen.Const(BoardStepKind.Return)),
            (2, Gen.Const(BoardStepKind.Depart))),
        Gen.Int[0, 3],
        Gen.Int[0, 63],
        (kind, member, choice) => new BoardStep(kind, member, choice));

    private static string Print((int Members, BoardStep[] Steps) run) =>
        $"{run.Members} members: {string.Join(", ", run.Steps.Select(step => $"{step.Kind} {(char)('a' + (step.Member % run.Members))} {step.Choice}"))}";
}
