using System.Diagnostics;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Faults;

/// <summary>SIGSTOP: a process that is alive for the kernel and silent for the others, as a host that hangs.</summary>
public sealed class StoppedProcessTests
{
    private static OptionFacts ShortPatience => Impatient.With(new OptionFacts { Port = Ports.Free() });

    [Fact]
    public async Task Rule7_MemberStopped_AllFailAfterHeartbeatTimeoutAndWindowWithItsName()
    {
        await using Lab lab = new() { Options = ShortPatience };
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");
        PendingCall[] waits = barriers.Rendezvous();
        await lab.ArrivedAsync(members);

        long stopped = Stopwatch.GetTimestamp();
        await members[2].Process.StopAsync();
        FailedCall[] failed = await waits[..2].FailedAsync();
        members[2].Process.Continue();
        FailedCall own = await waits[2].FailureAsync();

        foreach (FailedCall f in failed)
        {
            f.Is(SyncFailureKind.MemberLost, members[2].Id).Says("server-up", members[2].Id, "silent");
            f.NotBefore(Impatient.Lost, stopped).Within(Impatient.LostAtLast, stopped);
        }

        // The outcome was decided; whoever comes back learns it, and never anything better.
        own.Is(SyncFailureKind.MemberLost, members[2].Id);
        Assert.Equal(failed[0].Facts.Generation, own.Facts.Generation);
    }

    [Fact]
    public async Task Rule7_MemberStoppedForLessThanThat_NobodyFails()
    {
        await using Lab lab = new();
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);

        await members[2].Process.StopAsync();
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);
        await waits[0].ResultAsync();
        Assert.False(waits[1].HasEnded);
        members[2].Process.Continue();

        await waits.Append(master).MetAsync();
    }

    [Fact]
    public async Task Rule2_MasterStopped_TheOthersEndUndecidedAndTheMasterLosesThem()
    {
        await using Lab lab = new() { Options = ShortPatience };
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up", "127.0.0.1#never");
        PendingCall[] waits = barriers.Rendezvous();
        await lab.ArrivedAsync(members);

        long stopped = Stopwatch.GetTimestamp();
        await members[0].Process.StopAsync();
        FailedCall[] failed = await waits[1..].FailedAsync();
        members[0].Process.Continue();
        FailedCall master = await waits[0].FailureAsync();

        foreach (FailedCall f in failed)
        {
            f.Is(SyncFailureKind.ServerLost).Says("server-up", "undecided", "silent");
            f.NotBefore(Impatient.Lost, stopped).Within(Impatient.LostAtLast, stopped);
            Assert.True(f.Facts.Undecided);
        }

        Assert.Contains(master.Facts.Culprit, members[1..].Ids());
        master.Is(SyncFailureKind.MemberLost, master.Facts.Culprit);
    }

    [Fact]
    public async Task A7_ConfirmRelease_StoppedMemberHoldsTheReleaseUntilItAnswers()
    {
        await using Lab lab = new() { Options = ShortPatience with { ConfirmRelease = true, ReconnectWindowMs = 60_000 } };
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);

        await members[2].Process.StopAsync();
        await members[0].Process.LoggedAsync(members[2].Id, "silent");
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);
        await lab.ArrivedAsync(members[1], members[0]);
        Assert.False(master.HasEnded);
        members[2].Process.Continue();

        await waits.Append(master).MetAsync();
    }

    [Fact]
    public async Task A7_ConfirmRelease_StoppedForGood_FailsInsteadOfReleasing()
    {
        await using Lab lab = new() { Options = ShortPatience with { ConfirmRelease = true, ReconnectWindowMs = 3000 } };
        Member[] members = await lab.StartAsync(Lab.OneHost(3));
        RemoteBarrier[] barriers = await members.BarriersAsync("server-up");
        PendingCall[] waits = barriers[1..].Rendezvous();
        await lab.ArrivedAsync(members);

        await members[2].Process.StopAsync();
        await members[0].Process.LoggedAsync(members[2].Id, "silent");
        PendingCall master = barriers[0].Rendezvous(Lab.LongTimeout);

        foreach (PendingCall call in new[] { master, waits[0] })
            (await call.FailureAsync()).Is(SyncFailureKind.MemberLost, members[2].Id).Says("server-up", members[2].Id);
    }
}
