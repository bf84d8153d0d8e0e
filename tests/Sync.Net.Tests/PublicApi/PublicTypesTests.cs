using System.Reflection;
using System.Xml.Linq;

namespace Sync.Net.Tests.PublicApi;

public sealed class PublicTypesTests
{
    private static readonly Type[] Exported = typeof(Barrier).Assembly.GetExportedTypes();

    [Fact]
    public void Exported_All_AreSealedAndInTheRootNamespace()
    {
        Assert.All(Exported, type => Assert.Equal("Sync.Net", type.Namespace));
        Assert.All(Exported.Where(type => type.IsClass), type => Assert.True(type.IsSealed, type.Name));
        // Sync.X would bind to the namespace.
        Assert.DoesNotContain(Exported, type => type.Name == "Sync");
    }

    [Fact]
    public void Exceptions_All_OfferTheFacts() =>
        Assert.All(Exported.Where(type => type.IsAssignableTo(typeof(Exception))), type => Assert.True(type.IsAssignableTo(typeof(ISyncFailure)), type.Name));

    [Fact]
    public void Awaitables_All_EndInAsyncAndTakeATokenInSomeForm()
    {
        IEnumerable<MethodInfo> awaitables = Exported
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Task)) && !method.IsSpecialName);
        foreach (IGrouping<string, MethodInfo> forms in awaitables.GroupBy(method => $"{method.DeclaringType!.Name}.{method.Name}"))
        {
            Assert.EndsWith("Async", forms.Key, StringComparison.Ordinal);
            Assert.Contains(forms, form => form.GetParameters() is [.., { ParameterType: var last }] && last == typeof(CancellationToken));
        }
    }

    [Fact]
    public void SyncTimeoutException_IsATimeoutException() =>
        Assert.True(typeof(SyncTimeoutException).IsAssignableTo(typeof(TimeoutException)));

    [Fact]
    public void Documentation_OfThePublicTypes_IsComplete()
    {
        string path = Path.ChangeExtension(typeof(Barrier).Assembly.Location, ".xml");
        HashSet<string> documented = [.. XDocument.Load(path).Descendants("member").Select(member => (string)member.Attribute("name")!)];
        Assert.All(Exported, type => Assert.Contains($"T:{type.FullName}", documented));
    }
}
