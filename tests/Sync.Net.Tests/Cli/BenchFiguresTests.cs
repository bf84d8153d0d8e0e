using System.Text.Json;
using Sync.Net.Cli.Bench;
using Sync.Net.Cli.Output;

namespace Sync.Net.Tests.Cli;

/// <summary>What `syncnet bench` makes of the times that its members tell.</summary>
public sealed class BenchFiguresTests
{
    private static readonly BenchPlan Plan = new()
    {
        Endpoint = "127.0.0.1:1",
        Group = "g",
        Hosts = ["a"],
        Host = "a",
        Members = 3,
        Processes = 2,
        WarmUpRounds = 1,
        Rounds = 2,
    };

    /// <summary>Members #1 of the first process, #2 and #3 of the second; two rounds each, in ticks of the monotonic clock.</summary>
    private static readonly BenchTold[] Told =
    [
        new() { Step = BenchStep.Done, JoinBegan = Micro(10), JoinEnded = Micro(20), Times = Micros(100, 170, 200, 290), LastHere = [true, true] },
        new() { Step = BenchStep.Done, JoinBegan = Micro(5), JoinEnded = Micro(35), Times = Micros(110, 150, 230, 270, 140, 160, 220, 280), LastHere = [true, true] },
    ];

    [Fact]
    public void Percentiles_OfAThousand_AreTheNearestRanks()
    {
        long[] thousand = [.. Enumerable.Range(1, 1000).Reverse().Select(static i => i * 1000L)];

        Assert.Equal(new Percentiles(1000, 1, 500, 900, 990, 999, 1000), Percentiles.Of(thousand));
    }

    [Fact]
    public void Percentiles_OfOne_AreAllThatOne() => Assert.Equal(new Percentiles(1, 7, 7, 7, 7, 7, 7), Percentiles.Of([7000]));

    [Fact]
    public void Percentiles_OfNone_AreNone() => Assert.Null(Percentiles.Of([]));

    [Fact]
    public void Latency_IsFromTheLastCallToTheLastReturn()
    {
        var figures = BenchFigures.Of(Plan, Told);

        // 140 → 170, and 230 → 290.
        Assert.Equal(new Percentiles(2, 30, 30, 60, 60, 60, 60), figures.Latency);
    }

    [Fact]
    public void Skew_IsFromTheFirstReturnToTheLast() => Assert.Equal(new Percentiles(2, 20, 20, 20, 20, 20, 20), BenchFigures.Of(Plan, Told).Skew);

    [Fact]
    public void Wait_IsOfEachMemberAndRound() => Assert.Equal(new Percentiles(6, 20, 40, 90, 90, 90, 90), BenchFigures.Of(Plan, Told).Wait);

    [Fact]
    public void JoinAndRounds_AreFromTheFirstToTheLastOfAllProcesses()
    {
        var figures = BenchFigures.Of(Plan, Told);

        Assert.Equal(30, figures.JoinTime.TotalMicroseconds);
        Assert.Equal(190, figures.RoundsTime.TotalMicroseconds);
    }

    [Fact]
    public void Latency_RoundsInWhichAnotherHostCameLast_DoNotCount()
    {
        BenchTold[] told = [Told[0] with { LastHere = [false, true] }, Told[1]];

        Assert.Equal(new Percentiles(1, 60, 60, 60, 60, 60, 60), BenchFigures.Of(Plan, told).Latency);
    }

    [Fact]
    public void Latency_AnotherHostAlwaysCameLast_IsNoneAndSaysSo()
    {
        BenchTold[] told = [Told[0] with { LastHere = [false, false] }, Told[1]];
        var figures = BenchFigures.Of(Plan, told);

        Assert.Null(figures.Latency);
        Assert.Contains("last arrival to last release: none, a member of another host always came last", BenchReport.Lines(Plan, figures, hosts: false));
        JsonElement json = JsonDocument.Parse(Printer.BytesOf(writer => BenchReport.Write(writer, Plan, figures))).RootElement;
        Assert.Equal(0, json.GetProperty("latency").GetProperty("count").GetInt32());
    }

    [Fact]
    public void Round_SomebodyReturnedBeforeAllHadCalled_IsNoFigureButAFault()
    {
        BenchTold[] told = [Told[0] with { Times = Micros(100, 139, 200, 290) }, Told[1]];

        Assert.Equal("round 1 released a member before another one had come", Assert.Throws<InvalidDataException>(() => BenchFigures.Of(Plan, told)).Message);
    }

    [Fact]
    public void Round_AMembersTimesAreMissing_IsAFault() =>
        Assert.Equal("2 of 6 waits were told", Assert.Throws<InvalidDataException>(() => BenchFigures.Of(Plan, Told[..1])).Message);

    [Theory]
    [InlineData(8, 8)]
    [InlineData(7, 3)]
    [InlineData(4096, 5)]
    public void Parts_OfTheProcesses_AreAllMembersOnceAndEven(int members, int processes)
    {
        BenchPlan plan = Plan with { Members = members, Processes = processes };
        (int First, int Count)[] parts = [.. Enumerable.Range(0, processes).Select(plan.PartOf)];

        Assert.Equal(Enumerable.Range(0, members), parts.SelectMany(static part => Enumerable.Range(part.First, part.Count)));
        Assert.InRange(parts.Max(static part => part.Count) - parts.Min(static part => part.Count), 0, 1);
    }

    [Fact]
    public void Roster_OfSeveralHosts_IsTheSameOnEach()
    {
        BenchPlan here = Plan with { Hosts = ["a", "ab"], Members = 2 };

        Assert.Equal(["a#1", "a#2", "ab#1", "ab#2"], here.Roster);
        Assert.Equal(here.Roster, (here with { Host = "ab" }).Roster);
        Assert.Equal([true, true, false, false], here.Roster.Select(here.IsHere));
    }

    private static long Micro(long microseconds) => microseconds * (System.Diagnostics.Stopwatch.Frequency / 1_000_000);

    private static long[] Micros(params long[] times) => [.. times.Select(Micro)];
}
