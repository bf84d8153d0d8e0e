using System.Text.Json;
using Sync.Net.Runner;

namespace Sync.Net.Tests.Runner.Plans;

public sealed class PlanSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(RunPlan.Schema).RootElement;

    /// <summary>The reader tells what it knows when it meets a name that it doesn't.</summary>
    [Theory]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"QQQQQQ\": 1 }", "properties")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"QQQQQQ\": 1 } } }", "$defs.role.properties")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\", \"startAfter\": { \"QQQQQQ\": 1 } } } }", "$defs.startAfter.properties")]
    [InlineData("{ \"roles\": { \"a\": { \"run\": \"x\" } }, \"hosts\": [ { \"name\": \"p\", \"QQQQQQ\": 1 } ] }", "$defs.hosts.items.properties")]
    public void Schema_HasExactlyTheNamesThatAreRead(string plan, string place)
    {
        PlanFault fault = Assert.Throws<PlanException>(() => RunPlan.Parse(plan)).Faults.Single(each => each.Text.Contains("QQQQQQ", StringComparison.Ordinal));
        string[] read = fault.Text[(fault.Text.IndexOf("there is ", 20, StringComparison.Ordinal) + "there is ".Length)..].Split(", ");

        JsonElement at = place.Split('.').Aggregate(Schema, static (node, name) => node.GetProperty(name));

        Assert.Equal(at.EnumerateObject().Select(static each => each.Name).Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }
}
