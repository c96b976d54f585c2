using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Rest;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Tests.Catalog;

/// <summary>Every operation of every document, answered without a fault and in the schema's exact shape.</summary>
public sealed class ConformanceTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    public static TheoryData<string> Lists() => [.. Operations().Where(o => o.Kind == OperationKind.List && o.PathNames.Count <= 1).Select(o => o.Id)];

    public static TheoryData<string> TopCreates() =>
        [.. Operations().Where(o => o is { Kind: OperationKind.Create, PathNames.Count: 1 } && !Elsewhere.Contains(o.Id)).Select(o => o.Id)];

    // These belong to rooms with tests of their own, or need what only those rooms have.
    private static readonly string[] Elsewhere =
    [
        "CreateMessage", "CreateCall", "CreateIncomingPhoneNumber", "CreateIncomingPhoneNumberLocal", "CreateIncomingPhoneNumberMobile",
        "CreateIncomingPhoneNumberTollFree",
    ];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_has_its_key_and_its_envelope(string id)
    {
        var operation = Find(id);

        var answer = await _rest.GetAsync(Fill(operation.Path));

        answer.Status.Should().Be(200);
        answer.Json.TryGetProperty(operation.ListKey!, out _).Should().BeTrue();
        if (operation.Page == PageStyle.Classic)
        {
            answer.Json.EnumerateObject().Select(p => p.Name).Should().Equal(
                "first_page_uri", "end", "previous_page_uri", operation.ListKey, "uri", "page_size", "start", "next_page_uri", "page");
        }
    }

    [Theory]
    [MemberData(nameof(TopCreates))]
    public async Task A_created_thing_has_every_property_in_order_and_can_be_fetched_listed_and_deleted(string id)
    {
        var operation = Find(id);
        var form = operation.Parameters.Where(p => p is { Place: ParameterPlace.Form, IsRequired: true }).SelectMany(p => new[] { p.Name, Sample(p) });

        var made = await _rest.PostAsync(Fill(operation.Path), [.. form]);

        made.Status.Should().Be(operation.Status, made.Body);
        made.Json.EnumerateObject().Select(p => p.Name).Should().Equal(operation.Shape!.Properties.Select(p => p.Name));
        var instance = Fill(operation.Path).Replace(".json", $"/{made["sid"]}.json", StringComparison.Ordinal);
        if (operation.Collection.Fetch is not null) (await _rest.GetAsync(instance))["sid"].Should().Be(made["sid"]);
        (await _rest.GetAsync(Fill(operation.Path))).Body.Should().Contain(made["sid"]);
        if (Operations().Any(o => o.Kind == OperationKind.Delete && o.Collection.Path == operation.Collection.Path))
        {
            (await _rest.DeleteAsync(instance)).Status.Should().Be(204);
        }
    }

    [Fact]
    public async Task No_operation_at_all_ends_in_a_fault()
    {
        foreach (var operation in Operations())
        {
            await _rest.SendAsync(operation.Method, Fill(operation.Path), operation.Method == "POST" ? "Nothing=1" : null, "application/x-www-form-urlencoded");
        }

        (await _rest.EntriesAsync("fault")).Select(f => f.ToJson()).Should().BeEmpty();
    }

    [Fact]
    public void No_behaviour_hangs_at_an_operation_that_does_not_exist()
    {
        _rest.Door.StrayBehaviours().Should().BeEmpty();
    }

    [Fact]
    public void Every_operation_declares_how_faithful_it_is()
    {
        var counts = Operations().GroupBy(_rest.Door.FidelityOf).ToDictionary(g => g.Key, g => g.Count());

        counts[Fidelity.Shape].Should().Be(2);
        counts.Values.Sum().Should().Be(197);
    }

    private static IReadOnlyList<Operation> Operations() => ApiCatalog.Open().Find(ApiCatalog.ClassicDocument)!.Operations;

    private static Operation Find(string id) => Operations().Single(o => o.Id == id);

    /// <summary>The path with the default account, and made-up SIDs for the rest.</summary>
    private static string Fill(string path)
    {
        path = path.Replace("{AccountSid}", RestWorld.Account, StringComparison.Ordinal).Replace("Accounts/{Sid}", "Accounts/" + RestWorld.Account, StringComparison.Ordinal);
        var shape = new Dictionary<string, string>
        {
            ["{CallSid}"] = "CA",
            ["{ConferenceSid}"] = "CF",
            ["{MessageSid}"] = "SM",
            ["{QueueSid}"] = "QU",
            ["{DomainSid}"] = "SD",
            ["{RecordingSid}"] = "RE",
            ["{ReferenceSid}"] = "RE",
            ["{AddressSid}"] = "AD",
            ["{ResourceSid}"] = "PN",
            ["{Sid}"] = "ZZ",
        };
        foreach (var (name, prefix) in shape) path = path.Replace(name, prefix + new string('0', 32), StringComparison.Ordinal);
        return path.Replace("{CountryCode}", "US", StringComparison.Ordinal);
    }

    private static string Sample(Parameter parameter) => parameter.Facts switch
    {
        { SidPrefixes.Count: > 0 } => parameter.Facts.SidPrefixes[0] + new string('1', 32),
        { Words.Count: > 0 } => parameter.Facts.Words[0],
        { Type: ValueType.Integer } => "1",
        { Format: "uri" } => "https://app.test/x",
        { Format: "iso-country-code" } => "DE",
        _ => "x",
    };
}
