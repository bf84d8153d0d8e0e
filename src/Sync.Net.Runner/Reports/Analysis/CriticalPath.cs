namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>
/// Walks from the member that ended last back to the beginning: from each wait to whom it waited for, so that what remains is the
/// work (and the waiting in vain) without which the run would have been shorter.
/// </summary>
internal sealed class CriticalPath
{
    private readonly RunResult _run;
    private readonly Dictionary<string, Track> _tracks = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Meeting> _meetings = [];

    public CriticalPath(RunResult run, IReadOnlyList<Lane> lanes, IReadOnlyList<Meeting> meetings)
    {
        _run = run;
        foreach (Lane lane in lanes) _tracks[lane.Member] = new Track(run, lane);
        foreach (Meeting meeting in meetings)
        {
            foreach (int wait in meeting.Waits) _meetings.Add(wait, meeting);
        }
    }

    public IReadOnlyList<PathHop> Walk()
    {
        List<PathHop> hops = [];
        Track? track = _tracks.Values.Where(t => t.Lane.Ended is not null)
            .OrderByDescending(t => t.Lane.Ended).ThenBy(t => t.Lane.Result?.Number ?? int.MaxValue).FirstOrDefault();
        if (track is null) return hops;

        DateTimeOffset time = track.Lane.Ended!.Value;
        string until = PathText.Ended(track.Lane);
        while (track.Before(time) is { } found)
        {
            WaitRecord wait = _run.Waits[found];
            DateTimeOffset end = Earlier(Lanes.EndOf(_run, wait), time);
            AddWork(hops, track, end, time, PathText.After(wait), until);
            if (Cause(found, wait, end) is { } cause)
            {
                if (cause.At < end && WaitText.ClassOf(wait) != WaitClass.Met) AddWait(hops, wait, cause.At, end);
                (track, time, until) = (cause.Track, cause.At, cause.Until);
            }
            else
            {
                AddWait(hops, wait, wait.Began, end);
                (time, until) = (wait.Began, PathText.Entered(wait));
            }
        }
        DateTimeOffset start = track.Lane.Began ?? time;
        AddWork(hops, track, Earlier(start, time), time, PathText.Started(_run, start), until);
        hops.Reverse();
        return hops;
    }

    /// <summary>Who ended the wait, and when it was done with what it was waited for; null if nobody else did, or it is not known.</summary>
    private (Track Track, DateTimeOffset At, string Until)? Cause(int index, WaitRecord wait, DateTimeOffset end)
    {
        bool isMet = WaitText.ClassOf(wait) == WaitClass.Met;
        string? who = isMet ? wait.Straggler : wait.Culprit;
        if (who is null || who == wait.Member || !_tracks.TryGetValue(who, out Track? track)) return null;
        DateTimeOffset at = Earlier(isMet ? ArrivalOf(who, index) ?? end : EndOf(track, end), end);
        // Done before the wait began: then it was not that which the wait was long for.
        if (at <= wait.Began) return null;
        return (track, at, isMet ? PathText.CameLast(_run, wait, _meetings[index]) : PathText.Failed(_run, wait));
    }

    private DateTimeOffset? ArrivalOf(string straggler, int index)
    {
        foreach (int other in _meetings[index].Waits)
        {
            if (_run.Waits[other].Member == straggler) return _run.Waits[other].Began;
        }
        return null;
    }

    /// <summary>When a culprit was done: when it was last seen to go, or its command ended, which may be seen later.</summary>
    private DateTimeOffset EndOf(Track culprit, DateTimeOffset end)
    {
        DateTimeOffset? gone = null;
        foreach (MemberChange change in _run.Changes)
        {
            bool isEnd = change.State is MemberState.Lost or MemberState.Left or MemberState.Failed;
            if (isEnd && change.Member == culprit.Lane.Member && change.At <= end && !(change.At < gone)) gone = change.At;
        }
        return Earlier(culprit.Lane.Ended ?? end, gone ?? end);
    }

    private static void AddWork(List<PathHop> hops, Track track, DateTimeOffset from, DateTimeOffset to, string after, string until)
    {
        if (to > from) hops.Add(new PathHop(track.Lane.Member, Waits: false, from, to, PathText.Work(track.Lane.Member, to - from, after, until)));
    }

    private static void AddWait(List<PathHop> hops, WaitRecord wait, DateTimeOffset from, DateTimeOffset to)
    {
        if (to > from) hops.Add(new PathHop(wait.Member, Waits: true, from, to, PathText.Wait(wait, to - from)));
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>A lane, and how far back the path has come in it.</summary>
    private sealed class Track
    {
        private readonly RunResult _run;
        private readonly int[] _byEnd;
        private int _next;

        public Track(RunResult run, Lane lane)
        {
            (_run, Lane) = (run, lane);
            _byEnd = [.. lane.Waits.OrderBy(i => Lanes.EndOf(run, run.Waits[i])).ThenBy(i => i)];
            _next = _byEnd.Length - 1;
        }

        public Lane Lane { get; }

        /// <summary>The last wait that held the member up before a time, each only once.</summary>
        public int? Before(DateTimeOffset time)
        {
            for (; _next >= 0; _next--)
            {
                WaitRecord wait = _run.Waits[_byEnd[_next]];
                // One that was open at the end is cut off there.
                bool isOver = Lanes.EndOf(_run, wait) <= time || wait.Ended is null;
                if (!isOver || wait.Began >= time || Lanes.EndOf(_run, wait) == wait.Began) continue;
                if (WaitText.ClassOf(wait) == WaitClass.Met && wait.Straggler == wait.Member) continue;
                return _byEnd[_next--];
            }
            return null;
        }
    }
}
