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

    private protected override async Task StopAsync()
    {
        if (_group is not null) await _group.DisposeAsync();
    }
}
