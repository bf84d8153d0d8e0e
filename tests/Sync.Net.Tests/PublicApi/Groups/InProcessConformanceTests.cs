using Microsoft.Extensions.Time.Testing;

namespace Sync.Net.Tests.PublicApi.Groups;

/// <summary>Groups within one process, in virtual time.</summary>
public sealed class InProcessConformanceTests : GroupConformanceTests
{
    private readonly FakeTimeProvider _time = new();
    private InProcessGroup? _group;

    private protected override async Task<SyncGroup[]> JoinAllAsync(SyncOptions declared)
    {
        _group = new InProcessGroup(declared.Roster!.Keys, _time, declared);
        return await Task.FromResult(_group.Values.ToArray());
    }

    private protected override Task<SyncOptions> OptionsAsync(string member, SyncOptions declared)
    {
        _group ??= new InProcessGroup([], _time);
        SyncOptions options = _group.OptionsOf(member);
        CopyDeclaration(declared, options);
        return Task.FromResult(options);
    }

    private protected override Task EndProcessAsync(SyncGroup member) => member.KillAsync().AsTask();

    /// <summary>Within one process the same id is the same member, unless it goes another way to the server.</summary>
    private protected override async Task<SyncOptions> TwinOfAsync(SyncGroup member)
    {
        SyncOptions twin = await OptionsAsync(member.Self, Declared(string.Join(' ', member.Members.Select(each => each.Id))));
        twin.TimeProvider = TimeProvider.System;
        return twin;
    }

    private protected override async Task StopAsync()
    {
        if (_group is not null) await _group.DisposeAsync();
    }

    [Fact]
    public async Task L11_Timeouts_AreExactAndPerCall()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> one = m[0].WaitAsync("x", TimeSpan.FromSeconds(1), cancellationToken: Token);
        Task<SyncMessages> two = m[0].WaitAllAsync("x", timeout: TimeSpan.FromSeconds(2), cancellationToken: Token);
        Task<CountedResult> three = m[1].CountedBarrier().WaitAsync(timeout: TimeSpan.FromSeconds(3), cancellationToken: Token);
        // Without the token, which a busy machine may end: that would be an end, too.
        Task forEver = m[1].WaitForStatesAsync(["up"], ["a"], CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(one.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromSeconds(1), (await FailureAsync(one, SyncFailureKind.Timeout, "a")).Elapsed);
        Assert.False(two.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await FailureAsync(two, SyncFailureKind.Timeout, "a");
        Assert.False(three.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await FailureAsync(three, SyncFailureKind.Timeout, "b");
        _time.Advance(TimeSpan.FromDays(40));
        Assert.False(forEver.IsCompleted);
    }

    [Fact]
    public async Task L10_WhatWasMet_TellsHowLongItWaitedAndWhoCameLast()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        Task<SyncMessages> wait = m[0].WaitAsync("x", Token);
        Task<CountedResult> count = m[0].CountedBarrier().WaitAsync(2, Token);
        _time.Advance(TimeSpan.FromSeconds(7));
        await m[1].SendAsync("x", Token);
        await m[1].CountedBarrier().WaitAsync(2, Token);

        Assert.Equal(TimeSpan.FromSeconds(7), (await wait).Waited);
        Assert.Equal(_time.GetUtcNow(), (await wait).Latest!.SentAt);
        Assert.Equal((TimeSpan.FromSeconds(7), "b"), ((await count).Meeting.Waited, (await count).Meeting.Straggler));
    }
}
