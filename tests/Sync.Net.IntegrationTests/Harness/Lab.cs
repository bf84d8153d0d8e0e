using Sync.Net.TestMember.Protocol;

namespace Sync.Net.IntegrationTests.Harness;

/// <summary>The members of one test, each in a process of its own unless said otherwise. No process outlives the test.</summary>
internal sealed class Lab : IAsyncDisposable
{
    /// <summary>Far longer than any test: a call that ends by this has not failed at once.</summary>
    public static readonly TimeSpan LongTimeout = TimeSpan.FromMinutes(2);

    private readonly List<MemberProcess> _processes = [];
    private int _probes;

    /// <summary>What all members have in common; a port of its own keeps each test apart from the others.</summary>
    public OptionFacts Options { get; init; } = new() { Port = Ports.Free() };

    /// <summary>Ids of members on one host.</summary>
    public static string[] OneHost(int count) => [.. Enumerable.Range(1, count).Select(i => $"127.0.0.1#{i:00}")];

    /// <summary>Ids of members on hosts of their own, all of them this machine: the whole of 127.0.0.0/8 is.</summary>
    public static string[] ManyHosts(int count) => [.. Enumerable.Range(1, count).Select(i => $"127.0.0.{i + 10}")];

    /// <summary>Starts a process for each id, all at once.</summary>
    public async Task<Member[]> StartAsync(params string[] ids) => await Task.WhenAll(ids.Select(id => StartAsync(id, on: null)));

    /// <summary>Starts a process with one member in it.</summary>
    /// <param name="id">The member's id.</param>
    /// <param name="on">The host to run on; null for this machine itself.</param>
    /// <param name="options">What differs from <see cref="Options"/>; null for nothing.</param>
    public async Task<Member> StartAsync(string id, NetworkHost? on, OptionFacts? options = null)
    {
        MemberProcess process = await MemberProcess.StartAsync(id, on?.Prefix ?? []);
        lock (_processes) _processes.Add(process);
        return new Member(process, id, options ?? Options);
    }

    /// <summary>
    /// Returns when everything that <paramref name="member"/> has begun is known to the server: its requests arrive in their order, so
    /// a meeting of its own with <paramref name="master"/>, begun after them, takes place after them.
    /// </summary>
    public async Task ArrivedAsync(Member member, Member master)
    {
        string tag = $"probe-{Interlocked.Increment(ref _probes)}";
        string[] roster = [member.Id, master.Id];
        Task<RemoteBarrier>[] sides = [member.BarrierAsync(tag, roster), master.BarrierAsync(tag, roster)];
        PendingCall[] calls = [.. (await Task.WhenAll(sides)).Select(side => side.Rendezvous(LongTimeout))];
        foreach (PendingCall call in calls) await call.ResultAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MemberProcess process in _processes) await process.DisposeAsync();
    }
}
