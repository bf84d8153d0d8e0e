using Sync.Net.IntegrationTests.Harness;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Groups;

/// <summary>Processes of a group that end without a word.</summary>
public sealed class KilledProcessTests
{
    [Fact]
    public async Task X6_ClientKilledWhileOthersWaitForIt_AllAreToldAtOnceWithItsName()
    {
        await using GroupLab lab = await GroupLab.StartAsync();
        await lab.Client.SendMessage("disk-ready").ResultAsync();
        PendingCall[] waits =
        [
            lab.Server.WaitAll("client-done", "client"), lab.Server.WaitForState("tested", GroupLab.ClientId), lab.Server.Barrier("start"),
            lab.Observer.WaitAll("done"), lab.Observer.Sync("finished"),
        ];
        PendingCall any = lab.Observer.Wait("news");
        await lab.Server.ArrivedAsync();
        await lab.Observer.ArrivedAsync();

        long killed = await lab.Client.Member.Process.KillAsync();

        foreach (FailedCall f in await waits.FailedAsync())
        {
            f.Is(SyncFailureKind.MemberLost, GroupLab.ClientId).SoonAfter(killed).Says(GroupLab.ClientId, "disk-ready");
            Assert.False(f.Facts.Undecided);
        }
        await lab.Server.SendMessage("news").ResultAsync();
        await any.ResultAsync();
    }

    [Fact]
    public async Task R2_StateOfAKilledProcess_IsThereForItsNextStart()
    {
        await using GroupLab lab = await GroupLab.StartAsync();
        await lab.Client.SetState("installed").ResultAsync();
        PendingCall never = lab.Server.WaitAll("never");
        await lab.Server.ArrivedAsync();
        await lab.Client.Member.Process.KillAsync();
        (await never.FailureAsync()).Is(SyncFailureKind.MemberLost, GroupLab.ClientId);

        await lab.Server.WaitForState("installed", GroupLab.ClientId).ResultAsync();
        RemoteGroup again = await lab.JoinAgainAsync(GroupLab.ClientId);
        PendingCall tested = lab.Server.WaitForState("tested", GroupLab.ClientId);
        await again.SetState("tested").ResultAsync();
        await tested.ResultAsync();
        PendingCall[] synced = [lab.Server.Sync("go"), lab.Observer.Sync("go"), again.Sync("go")];
        foreach (PendingCall each in synced) await each.ResultAsync();
    }

    [Fact]
    public async Task E10_WaiterKilled_IsUndoneAndTheOthersMeet()
    {
        await using GroupLab lab = await GroupLab.StartAsync();
        lab.Client.Count("disk");
        await lab.Client.ArrivedAsync();
        PendingCall observer = lab.Observer.Count("disk");
        await lab.Observer.ArrivedAsync();
        PendingCall server = lab.Server.Initialize("disk", 1);
        await lab.Server.ArrivedAsync();
        Assert.False(server.HasEnded || observer.HasEnded);

        await lab.Client.Member.Process.KillAsync();

        foreach (PendingCall each in new[] { server, observer }) Assert.Equal([GroupLab.ObserverId], (await each.ResultAsync()).Counted!);
    }

    [Fact]
    public async Task L8_EssentialProcessKilled_EndsTheGroup()
    {
        await using GroupLab lab = await GroupLab.StartAsync("client");
        PendingCall any = lab.Observer.Wait("news");
        await lab.Observer.ArrivedAsync();

        long killed = await lab.Client.Member.Process.KillAsync();

        (await any.FailureAsync()).Is(SyncFailureKind.MemberLost, GroupLab.ClientId).SoonAfter(killed).Says("client is essential");
        (await lab.Server.SendMessage("news").FailureAsync()).Is(SyncFailureKind.MemberLost, GroupLab.ClientId);
    }

    [Fact]
    public async Task Rule2_ServersProcessKilled_WaitsEndUndecidedAndTheConnectionIsLost()
    {
        await using GroupLab lab = await GroupLab.StartAsync();
        PendingCall lost = lab.Client.Lost();
        PendingCall[] waits = [lab.Client.Wait("news"), lab.Observer.Sync("finished"), lab.Observer.Count("disk")];
        await lab.Client.ArrivedAsync();
        await lab.Observer.ArrivedAsync();

        long killed = await lab.Server.Member.Process.KillAsync();

        foreach (FailedCall f in await waits.FailedAsync())
        {
            f.Is(SyncFailureKind.ServerLost).SoonAfter(killed).Says("undecided");
            Assert.True(f.Facts.Undecided);
        }
        await lost.ResultAsync();
        (await lab.Client.SendMessage("news").FailureAsync()).Is(SyncFailureKind.ServerLost);
    }
}
