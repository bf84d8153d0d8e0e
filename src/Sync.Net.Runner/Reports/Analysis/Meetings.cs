namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Finds who was released together.</summary>
internal static class Meetings
{
    public static IReadOnlyList<Meeting> Of(RunResult run)
    {
        Dictionary<(string Kind, string Session, string Act, long Generation, long At), List<int>> found = [];
        List<List<int>> ordered = [];
        for (int i = 0; i < run.Waits.Count; i++)
        {
            WaitRecord wait = run.Waits[i];
            if (WaitText.ClassOf(wait) != WaitClass.Met) continue;
            // Without generations (messages, states), what ended at one instant by one act was ended by one event.
            bool hasUses = wait.Generation != 0;
            var key = (wait.Kind, wait.Session, hasUses ? "" : wait.Act, wait.Generation, hasUses ? 0 : Lanes.EndOf(run, wait).UtcTicks);
            if (!found.TryGetValue(key, out List<int>? together))
            {
                found.Add(key, together = []);
                ordered.Add(together);
            }
            together.Add(i);
        }
        return [.. ordered.Select(waits => Make(run, waits))];
    }

    private static Meeting Make(RunResult run, List<int> waits) => new(
        waits.Max(i => Lanes.EndOf(run, run.Waits[i])),
        waits.Select(i => run.Waits[i].Straggler).FirstOrDefault(s => s is not null),
        waits);
}
