namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Lays a member's waits into rows in which none overlaps another, and finds the work between them.</summary>
internal sealed class LaneRows
{
    private LaneRows(int[] row, int count, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> work) => (Row, Count, Work) = (row, count, work);

    /// <summary>Of each of the lane's waits, in its order.</summary>
    public IReadOnlyList<int> Row { get; }

    /// <summary>At least one.</summary>
    public int Count { get; }

    /// <summary>When it did not wait, from its beginning to its end.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Work { get; }

    public static LaneRows Of(RunResult run, Lane lane)
    {
        int[] row = new int[lane.Waits.Count];
        List<DateTimeOffset> ends = [];
        List<(DateTimeOffset, DateTimeOffset)> work = [];
        DateTimeOffset? free = lane.Began;
        for (int i = 0; i < row.Length; i++)
        {
            WaitRecord wait = run.Waits[lane.Waits[i]];
            DateTimeOffset end = Lanes.EndOf(run, wait);
            if (wait.Began > free) work.Add((free.Value, wait.Began));
            if (!(end < free)) free = end;

            int place = ends.FindIndex(e => e <= wait.Began);
            if (place < 0)
            {
                place = ends.Count;
                ends.Add(end);
            }
            ends[place] = end;
            row[i] = place;
        }
        if (lane.Ended > free) work.Add((free.Value, lane.Ended.Value));
        return new LaneRows(row, Math.Max(1, ends.Count), work);
    }
}
