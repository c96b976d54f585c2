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
            if (reply.Status != operation.Status)
            {
                faults.Add($"{operation}: {reply.Status}, not {operation.Status}: {path} {reply.Body}");
            }
            else if (reply.Json is { } body)
            {
                faults.AddRange((document?.Faults(operation, body) ?? ShapeCheck.Faults(operation, body)).Select(f => $"{operation}: {f}"));
            }
            else if (operation.Shape is not null && operation.Status < 300)
            {
                faults.Add($"{operation}: no JSON: {reply.Body}");
            }
        }
        faults.Should().BeEmpty();
    }

    public static TheoryData<string> Excepted() => [.. Exceptions.Reasons.Keys.Select(k => k.Split('/')[0]).Distinct()];

    /// <summary>
    /// Those the survey above leaves out are asked as well: refused for what is
    /// not there they may be, never for what is not built, and none falters.
    /// </summary>
    [Theory]
    [MemberData(nameof(Excepted))]
    public async Task With_unbuilt_stored_the_excepted_answer_too_so_that_1447_of_1447_do(string name)
    {
        await using var surveyor = await Surveyor.BeginAsync(Catalog, name);
        var faults = new List<string>();
        foreach (var operation in InOrder(surveyor.Document).Where(o => Exceptions.Reasons.ContainsKey($"{name}/{o.Id}")))
        {
            var path = await surveyor.PathAsync(operation);
            var reply = path is null ? null : await surveyor.SendAsync(operation, path);
            if (reply is null or { Status: >= 500 }) faults.Add($"{operation}: {reply?.Status}: {path} {reply?.Body}");
        }
        faults.Should().BeEmpty();
        (await surveyor.FaultsAsync()).Should().BeEmpty();
    }

    /// <summary>numbers_v2 names its path's key by another prefix than its resource: what is made is found by the name it shows.</summary>
    [Fact]
    public async Task An_application_of_a_short_code_is_AP_as_its_own_pattern_says_and_is_found_by_that()
    {
        await using var surveyor = await Surveyor.BeginAsync(Catalog, "numbers_v2");
        var fetch = surveyor.Document.Operations.Single(o => o.Path == "/v2/ShortCodes/Applications/{sid}" && o.Method == "GET");
        var path = await surveyor.PathAsync(fetch);
        var found = await surveyor.SendAsync(fetch, path!);
        (found.Status, found.Json!.Value.GetProperty("sid").GetString()).Should().Be((200, path!.Split('/')[^1]));
        path.Split('/')[^1].Should().StartWith("AP");
    }

    /// <summary>A SID that is made and its document's pattern for it never contradict each other.</summary>
    [Fact]
    public void No_sid_of_the_catalog_has_a_prefix_that_its_pattern_contradicts()
    {
        var sids = Catalog.Documents.SelectMany(d => d.Operations)
            .Select(o => (o, Facts: o.Shape?.Find("sid")?.Facts))
            .Where(s => s.Facts is { SidPrefixes.Count: > 0 }).ToList();
        sids.Should().HaveCountGreaterThan(300);
        sids.Where(s => s.Facts!.SidPrefixes.Any(p => !s.Facts.Matches(p + new string('0', 32)))).Select(s => s.o.ToString())
            .Should().BeEmpty();
    }

    [Fact]
    public void Every_exception_names_an_operation_and_a_reason()
    {
        foreach (var (name, reason) in Exceptions.Reasons)
        {
            (Catalog.Find(name.Split('/')[0])?.Find(name.Split('/')[1])).Should().NotBeNull(name);
            reason.Should().NotBeEmpty();
        }
    }

    /// <summary>Makes first, looks next, removes last and deepest first.</summary>
    private static IEnumerable<Operation> InOrder(CatalogDocument document) =>
        document.Operations
            .OrderBy(o => o.Method switch { "POST" => 0, "PUT" or "PATCH" => 1, "GET" => 2, _ => 3 })
            .ThenBy(o => o.Method == "DELETE" ? -o.Path.Length : o.Path.Length);
}
