using System.Runtime.InteropServices;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <summary>The processes of a worker on this machine: all that it started, those too that detached from it.</summary>
/// <remarks>
/// A process belongs to it that has the worker's cookie in its environment, is in the worker's control group where one could be made,
/// descends from one that belongs, or is in a session that one of them began; what was seen to belong does so for ever. docs/runner.md tells what escapes.
/// </remarks>
internal sealed partial class ProcessTree
{
    /// <summary>The variable that holds the cookie.</summary>
    public const string Variable = "SYNC_NET_WORKER";

    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Stop = 19;

    /// <summary>A process that the kernel holds can't be killed; nobody waits for it longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string _cookie;

    /// <summary>Those that were seen to belong: one whose parents have died since may show no other sign.</summary>
    private readonly Dictionary<int, ProcessEntry> _seen = [];

    private ProcessTree(string cookie) => _cookie = cookie;

    /// <summary>The processes that live now; never the caller's own.</summary>
    public static IReadOnlyCollection<int> Find(string cookie) => new ProcessTree(cookie).Find();

    /// <summary>Ends all of them: asks first if there is a grace, then kills until none is left.</summary>
    /// <returns>Those that are left: of the kernel's making, or not the caller's to kill. Normally none.</returns>
    public static Task<IReadOnlyCollection<int>> KillAsync(string cookie, TimeSpan grace, TimeProvider time) => new ProcessTree(cookie).KillAsync(grace, time);

    private HashSet<int> Find()
    {
        IReadOnlyDictionary<int, ProcessEntry> all = ProcessEntry.All();
        byte[] assignment = Encoding.UTF8.GetBytes($"{Variable}={_cookie}");
        HashSet<int> found = [.. ControlGroup.Processes(_cookie).Where(all.ContainsKey)];
        found.UnionWith(all.Keys.Where(id => ProcessEntry.HasVariable(id, assignment)));
        found.UnionWith(_seen.Values.Where(was => all.TryGetValue(was.Id, out ProcessEntry now) && now.Started == was.Started).Select(was => was.Id));
        found.Remove(Environment.ProcessId);
        Close(found, all);
        foreach (int id in found) _seen[id] = all[id];
        return found;
    }

    private async Task<IReadOnlyCollection<int>> KillAsync(TimeSpan grace, TimeProvider time)
    {
        HashSet<int> found = await FindSurelyAsync(time).ConfigureAwait(false);
        if (grace > TimeSpan.Zero && found.Count > 0)
        {
            Signal(found, Terminate);
            found = await GoneAsync(grace, time).ConfigureAwait(false);
        }

        long began = time.GetTimestamp();
        while (found.Count > 0 && time.GetElapsedTime(began) < Patience)
        {
            Signal(Freeze(found), Kill);
            found = await GoneAsync(TimeSpan.FromMilliseconds(50), time).ConfigureAwait(false);
        }

        ControlGroup.Remove(_cookie);
        return found;
    }

    /// <summary>A process has no environment to be seen for a moment while it becomes another program: nothing counts as nothing when it is seen three times.</summary>
    private async Task<HashSet<int>> FindSurelyAsync(TimeProvider time)
    {
        HashSet<int> found = Find();
        for (int again = 0; again < 2 && found.Count == 0; again++)
        {
            await Task.Delay(Pause, time).ConfigureAwait(false);
            found = Find();
        }

        return found;
    }

    /// <summary>Adds what descends from those found, and what is in sessions that they began.</summary>
    private void Close(HashSet<int> found, IReadOnlyDictionary<int, ProcessEntry> all)
    {
        if (found.Count == 0 && _seen.Count == 0) return;
        int own = ProcessEntry.Read(Environment.ProcessId)?.Session ?? 0;
        bool grew = true;
        while (grew)
        {
            // A session whose leader lives and is not the worker's is somebody else's.
            HashSet<int> sessions = [.. found.Select(id => all[id].Session).Concat(_seen.Values.Select(was => was.Session)).Where(s => s != 0 && s != own && (found.Contains(s) || !all.ContainsKey(s)))];
            int[] more = [.. all.Values.Where(p => !found.Contains(p.Id) && p.Id != Environment.ProcessId && (found.Contains(p.Parent) || sessions.Contains(p.Session))).Select(p => p.Id)];
            found.UnionWith(more);
            grew = more.Length > 0;
        }
    }

    /// <summary>Stops them all before any dies, so that none has a child in the meantime whose descent can't be seen any more.</summary>
    private HashSet<int> Freeze(HashSet<int> found)
    {
        HashSet<int> frozen = [];
        while (found.Any(id => !frozen.Contains(id)))
        {
            Signal(found.Where(id => !frozen.Contains(id)), Stop);
            frozen.UnionWith(found);
            found = Find();
        }

        return frozen;
    }

    private async Task<HashSet<int>> GoneAsync(TimeSpan limit, TimeProvider time)
    {
        long began = time.GetTimestamp();
        HashSet<int> found = Find();
        while (found.Count > 0 && time.GetElapsedTime(began) < limit)
        {
            await Task.Delay(Pause, time).ConfigureAwait(false);
            found = Find();
        }

        return found.Count == 0 ? await FindSurelyAsync(time).ConfigureAwait(false) : found;
    }

    private static void Signal(IEnumerable<int> processes, int signal)
    {
        foreach (int id in processes) _ = SendSignal(id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
