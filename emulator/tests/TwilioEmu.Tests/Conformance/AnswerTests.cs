using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Tests.Conformance;

/// <summary>Every operation of every public document, asked with a valid request.</summary>
public sealed class AnswerTests
{
    private static readonly ApiCatalog Catalog = ApiCatalog.Open();

    public static TheoryData<string> Documents() => [.. Catalog.Documents.Where(d => d.Operations.Count > 0).Select(d => d.Name)];

    [Fact]
    public void The_catalog_holds_every_operation_of_the_fifty_five_documents()
    {
        Catalog.Documents.Should().HaveCount(55);
        Catalog.Documents.Sum(d => d.Operations.Count).Should().Be(1447);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_operation_answers_with_the_promised_status_and_a_valid_body(string name)
    {
        await using var surveyor = await Surveyor.BeginAsync(Catalog, name);
        var document = OpenApiCheck.Open(name);
        var faults = new List<string>();
        foreach (var operation in InOrder(surveyor.Document))
        {
            if (Exceptions.Reasons.ContainsKey($"{name}/{operation.Id}")) continue;
            var path = await surveyor.PathAsync(operation, isFresh: operation.Kind == OperationKind.Delete);
            if (path is null)
            {
                faults.Add($"{operation}: nothing to ask about");
                continue;
            }
            if (Presets.Before.TryGetValue(operation.Id, out var first) && surveyor.Document.Find(first) is { } before)
            {
                await surveyor.SendAsync(before, before.Path == operation.Path ? path : (await surveyor.PathAsync(before))!);
            }
            var reply = await surveyor.SendAsync(operation, path);
            if (reply.Status != operation.Status) faults.Add($"{operation}: {reply.Status}, not {operation.Status}: {path} {reply.Body}");
            else if (reply.Json is { } body) faults.AddRange((document?.Faults(operation, body) ?? ShapeCheck.Faults(operation, body)).Select(f => $"{operation}: {f}"));
            else if (operation.Shape is not null && operation.Status < 300) faults.Add($"{operation}: no JSON: {reply.Body}");
        }
        faults.Should().BeEmpty();
    }

    [Fact]
    public void Every_exception_names_an_operation_and_a_reason()
    {
        foreach (var (name, reason) in Exceptions.Reasons)
        {
            Catalog.Find(name.Split('/')[0])?.Find(name.Split('/')[1]).Should().NotBeNull(name);
            reason.Should().NotBeEmpty();
        }
    }

    /// <summary>Makes first, looks next, removes last and deepest first.</summary>
    private static IEnumerable<Operation> InOrder(CatalogDocument document) =>
        document.Operations
            .OrderBy(o => o.Method switch { "POST" => 0, "PUT" or "PATCH" => 1, "GET" => 2, _ => 3 })
            .ThenBy(o => o.Method == "DELETE" ? -o.Path.Length : o.Path.Length);
}
