namespace Sync.Net.Tests.HouseRules;

public sealed class LayeringTests
{
    [Fact]
    public void Dump()
    {
        var sb = new System.Text.StringBuilder();
        foreach (var g in Library.Types.SelectMany(t => TypeUses.Of(t).Where(u => u.Assembly == t.Assembly).Select(u => (From: Library.LayerOf(t), To: Library.LayerOf(u), t, u))).Where(e => e.From != e.To).GroupBy(e => (e.From, e.To)).OrderBy(g => g.Key.From).ThenBy(g => g.Key.To))
            sb.AppendLine($"{g.Key.From} -> {g.Key.To}: {string.Join(", ", g.Select(e => e.u.Name).Distinct().Take(12))}   BY {string.Join(", ", g.Select(e => e.t.Name).Distinct().Take(5))}");
        File.WriteAllText("/tmp/layers.txt", sb.ToString());
    }
}
