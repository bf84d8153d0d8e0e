using CsCheck;

namespace Sync.Net.Tests.Coordination;

/// <summary>
/// Random interleavings against the model. A failure prints its seed and a shrunk list of steps: give the seed to
/// Sample to see it again.
/// </summary>
public sealed class InterleavingTests
{
    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Frequency(
            (12, Gen.Const(StepKind.Enter)),
            (4, Gen.Const(StepKind.Withdraw)),
            (1, Gen.Const(StepKind.Abort)),
            (3, Gen.Const(StepKind.Lose)),
            (2, Gen.Const(StepKind.Depart)),
            (3, Gen.Const(StepKind.Return)),
            (2, Gen.Const(StepKind.Restart)),
            (1, Gen.Const(StepKind.Reconnect)),
            (4, Gen.Const(StepKind.Acknowledge)),
            (1, Gen.Const(StepKind.Silence)),
            (4, Gen.Const(StepKind.ShowLife))),
        Gen.Int[0, 4],
        Gen.Int[0, 4],
        Gen.Int[0, 63],
        (kind, member, session, choice) => new Step(kind, member, session, choice));

    private static readonly Gen<(int Members, Step[] Steps)> AnyRun = Gen.Select(Gen.Int[1, 5], AnyStep.Array[0, 80]);

    /// <summary>Few members in one session: more releases, replays and next generations.</summary>
    private static readonly Gen<(int Members, Step[] Steps)> DenseRun = Gen.Select(
        Gen.Int[1, 3],
        Gen.Int[0, 4],
        AnyStep.Array[0, 60],
        (members, session, steps) => (members, Array.ConvertAll(steps, step => step with { Session = session })));

    [Fact]
    public void X2_X3_AnyInterleaving_EachWaitGetsWhatTheModelSaysExactlyOnceAndNothingElseIsKept() =>
        AnyRun.Sample(run => new Interleaving(run.Members).Run(run.Steps), iter: 3000, print: Print);

    [Fact]
    public void X2_X3_AnyDenseInterleaving_EachWaitGetsWhatTheModelSaysExactlyOnceAndNothingElseIsKept() =>
        DenseRun.Sample(run => new Interleaving(run.Members).Run(run.Steps), iter: 6000, print: Print);

    [Fact]
    public void X6_AnyInterleavingThatEnds_EveryWaitEndsAndNoRequestIsKept() =>
        AnyRun.Sample(run => new Interleaving(run.Members).Run(run.Steps).End(), iter: 2000, print: Print);

    [Fact]
    public void Apply_SameEventsTwice_GiveTheSameEffects() =>
        AnyRun.Sample(
            run => Effects(run).SequenceEqual(Effects(run)),
            iter: 500,
            print: Print);

    private static IEnumerable<string> Effects((int Members, Step[] Steps) run) =>
        new Interleaving(run.Members).Run(run.Steps).History.Select(effect => effect.ToString());

    private static string Print((int Members, Step[] Steps) run) =>
        $"{run.Members} members: {string.Join(", ", run.Steps.Select(step => $"{step.Kind} {(char)('a' + (step.Member % run.Members))} s{step.Session} {step.Choice}"))}";
}
