using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Meetings;

public sealed class LoopTests
{
    private const int Rounds = 1000;

    [Fact]
    public async Task X7_SameTagAThousandTimes_IsTheNextGenerationEachTimeWithoutAStall()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("again");

        PendingCall[] calls = [.. barriers.Select(b => b.Loop(Rounds, Lab.LongTimeout))];

        await AllRoundsAsync(calls);
    }

    [Fact]
    public async Task B6_SameSessionAThousandTimes_GivesTheRoundsOwnValuesEachTimeWithoutAStall()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("again");

        PendingCall[] calls = [.. data.Select(d => d.Loop(Rounds))];

        await AllRoundsAsync(calls);
    }

    [Fact]
    public async Task B1_TwoHundredSessionsAtOnceOnOneObject_EachGivesItsOwnValues()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteData[] data = await members.DataAsync("many");

        PendingCall[] calls = [.. data.Select(d => d.Many(200))];

        foreach (PendingCall call in calls)
        {
            RoundFacts rounds = (await call.ResultAsync()).Rounds!;
            Assert.Equal(200, rounds.Met);
            Assert.Equal((1, 1), (rounds.FirstGeneration, rounds.LastGeneration));
        }
    }

    private static async Task AllRoundsAsync(PendingCall[] calls)
    {
        foreach (PendingCall call in calls)
        {
            RoundFacts rounds = (await call.ResultAsync()).Rounds!;
            Assert.Equal(Rounds, rounds.Met);
            Assert.Equal((1, Rounds), (rounds.FirstGeneration, rounds.LastGeneration));

            // The first round includes connecting; a stall is a round trip that waits for a timer.
            Assert.True(rounds.SlowestMs < 5000, $"The slowest of {Rounds} rounds took {rounds.SlowestMs} ms.");
        }
    }
}
