using CsCheck;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>Random use of one counted barrier against the model; a failure prints its seed and a shrunk list of steps.</summary>
public sealed class CountInterleavingTests
{
    private static readonly string[] Kinds =
    [
        "wait", "wait", "wait", "wait", "wait", "initialize", "initialize", "add", "clear", "cancel", "time out", "lose", "depart", "leave",
        "restart", "restart", "restart", "acknowledge", "acknowledge", "acknowledge",
    ];

    private static readonly Gen<(string Kind, int Member, int Choice)> AnyStep =
        Gen.Select(Gen.Int[0, Kinds.Length - 1], Gen.Int[0, 4], Gen.Int[0, 63], static (kind, member, choice) => (Kinds[kind], member, choice));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void E2_E10_X3_AnyInterleaving_EachWaitGetsWhatTheModelSaysExactlyOnce(int members) =>
        AnyStep.Array[0, 70].Sample(
            steps => Run(members, steps),
            iter: 2500,
            print: static steps => string.Join(", ", steps.Select(step => $"{step.Kind} {(char)('a' + step.Member)} {step.Choice}")));

    private static void Run(int count, (string Kind, int Member, int Choice)[] steps)
    {
        string[] members = [.. Enumerable.Range(0, count).Select(i => ((char)('a' + i)).ToString())];
        var group = new GroupDriver(string.Join(' ', members));
        var model = new CountModel(members);
        var waits = new List<Wait>();
        foreach (string member in members) group.WithholdAcknowledgements(member);
        foreach ((string kind, int index, int choice) in steps)
        {
            group.Advance(0.1);
            Apply(group, model, waits, kind, members[index % count], choice);
            Compare(group, model, waits);
        }
    }

    private static void Apply(GroupDriver group, CountModel model, List<Wait> waits, string kind, string member, int choice)
    {
        int number = 1 + (choice % 3);
        switch (kind)
        {
            case "restart" when !model.IsConnected(member):
                group.Restart(member);
                model.Restart(member);
                break;
            case "acknowledge" when waits.Count > 0:
                Wait any = waits[choice % waits.Count];
                group.Acknowledge(any);
                model.Acknowledge(any);
                break;
            case var _ when !model.IsConnected(member):
                break;
            case "wait":
                Enter(group.Count(member), 1);
                break;
            case "initialize":
                Enter(group.Initialize(member, number), number);
                break;
            case "add":
                Enter(group.Add(member, number), number);
                break;
            case "clear":
                Enter(group.Clear(member), 0);
                break;
            case "cancel" when model.WaitOf(member) is { } wait:
                group.Cancel(wait);
                model.End(wait, "withdrawn");
                break;
            case "time out" when model.WaitOf(member) is { } wait:
                group.TimeOut(wait);
                model.End(wait, "timeout");
                break;
            case "lose":
                group.Lose(member);
                model.Lose(member);
                break;
            case "depart" or "leave":
                group.Depart(member, left: kind == "leave");
                model.Depart(member);
                break;
        }

        void Enter(Wait wait, int n)
        {
            waits.Add(wait);
            model.Enter(wait, kind, n);
        }
    }

    private static void Compare(GroupDriver group, CountModel model, List<Wait> waits)
    {
        foreach (Wait wait in waits)
        {
            (string? text, int generation, int times) = model.Expected(wait);
            Assert.Equal((wait, times), (wait, wait.Answers.Count));
            if (times == 0) continue;
            Assert.Equal((text, generation), (TextOf(wait.Outcome), wait.Generation));
            if (wait.Outcome is Released { Contributions: { } counted }) Assert.Equal(0, counted.Sum(each => each.Number));
        }
        Assert.Equal((model.KeptRounds, 65 * model.Credits), (group.Coordinator.KeptRounds, (int)group.Coordinator.KeptBytes));
    }

    private static string TextOf(Outcome outcome) => outcome switch
    {
        Released { Count: 0 } => "done",
        Released met => $"released {met.Count}",
        Withdrawn => "withdrawn",
        Failed { Kind: SyncFailureKind.Cleared } => "cleared",
        Failed { Kind: SyncFailureKind.Timeout } => "timeout",
        Failed { Kind: SyncFailureKind.Refused } => "refused",
        _ => outcome.ToString(),
    };
}
