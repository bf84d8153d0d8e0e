using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Refusals;

/// <summary>Members that do not agree on who meets where.</summary>
public sealed class RosterTests
{
    [Fact]
    public async Task A6_Stranger_GetsItsOwnErrorAndHarmsNobody()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        string[] roster = [members[0].Id, members[1].Id];
        RemoteBarrier host = await members[0].BarrierAsync("server-up", roster);
        RemoteBarrier listed = await members[1].BarrierAsync("server-up", roster);
        RemoteBarrier stranger = await members[2].BarrierAsync("server-up", [.. roster, members[2].Id]);
        PendingCall waits = host.Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);

        FailedCall refused = await stranger.Rendezvous(Lab.LongTimeout).FailureAsync();
        PendingCall comes = listed.Rendezvous(Lab.LongTimeout);

        refused.Is(SyncFailureKind.Refused, refused.Facts.Culprit).Says("server-up", members[2].Id, members[0].Id, members[1].Id);
        Assert.True(refused.Failure.RanMs < 10_000);
        await new[] { waits, comes }.MetAsync();
    }

    [Fact]
    public async Task A6_RostersDiffer_AllFailAtOnceAndSeeBothLists()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] right = await members[..2].BarriersAsync("server-up", members[2].Id);
        RemoteBarrier wrong = await members[2].BarrierAsync("server-up", [members[0].Id, members[2].Id]);
        PendingCall[] waits = right.Rendezvous();
        await lab.ArrivedAsync(members[..2]);

        PendingCall brings = wrong.Rendezvous(Lab.LongTimeout);
        FailedCall[] failed = await waits.Append(brings).FailedAsync();

        long ended = await brings.EndedAtAsync();
        string both = string.Join(", ", members.Ids());
        Assert.All(failed, f => f.Is(SyncFailureKind.Mismatch, members[2].Id).SoonAfter(ended));
        Assert.All(failed, f => f.Says("server-up", $"[{both}]", $"[{members[0].Id}, {members[2].Id}]"));
    }

    [Fact]
    public async Task A6_AnotherTag_IsToldAsAHint()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(2));
        RemoteBarrier right = await members[0].BarrierAsync("server-up", members.Ids());
        RemoteBarrier wrong = await members[1].BarrierAsync("server-upp", members.Ids());
        PendingCall mistaken = wrong.Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);

        FailedCall failed = await right.Rendezvous(TimeSpan.FromSeconds(1)).FailureAsync();

        failed.Is(SyncFailureKind.Timeout, members[0].Id).Says("server-up", members[1].Id, "server-upp");
        Assert.Contains("server-upp", failed.Facts.Hint, StringComparison.Ordinal);
        Assert.False(mistaken.HasEnded);
    }

    [Fact]
    public async Task Rule21_AnotherGroup_IsAnotherMeeting()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync("server", "a", "b");
        RemoteServer server = await members[0].ServerAsync();
        Member[] first = [members[1].With(server.Options), members[2].With(server.Options)];
        Member[] second = [.. first.Select(m => m.With(server.Options with { Group = "other" }))];
        RemoteBarrier[] barriers = await first.BarriersAsync("server-up");
        RemoteBarrier[] others = await second.BarriersAsync("server-up");

        PendingCall waits = barriers[0].Rendezvous(Lab.LongTimeout);
        await others.Rendezvous().MetAsync();

        Assert.False(waits.HasEnded);
        await new[] { waits, barriers[1].Rendezvous(Lab.LongTimeout) }.MetAsync();
    }
}
