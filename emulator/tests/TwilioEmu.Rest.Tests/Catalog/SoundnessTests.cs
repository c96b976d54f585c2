using TwilioEmu.Rest.Catalog;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Catalog;

/// <summary>Every operation of 2010-04-01, asked badly.</summary>
public sealed class SoundnessTests : IAsyncDisposable
{
    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    [Fact]
    public async Task No_operation_at_all_ends_in_a_fault()
    {
        foreach (var operation in Operations())
        {
            await _rest.SendAsync(
                operation.Method, Fill(operation.Path), operation.Method == "POST" ? "Nothing=1" : null,
                "application/x-www-form-urlencoded");
        }

        (await _rest.EntriesAsync("fault")).Select(f => f.ToJson()).Should().BeEmpty();
    }

    [Fact]
    public void No_behaviour_hangs_at_an_operation_that_does_not_exist()
    {
        _rest.Door.StrayBehaviours().Should().BeEmpty();
    }

    private static IReadOnlyList<Operation> Operations() => ApiCatalog.Open().Find(ApiCatalog.ClassicDocument)!.Operations;

    /// <summary>The path with the default account, and made-up SIDs for the rest.</summary>
    private static string Fill(string path)
    {
        path = path.Replace("{AccountSid}", RestWorld.Account, StringComparison.Ordinal)
            .Replace("Accounts/{Sid}", "Accounts/" + RestWorld.Account, StringComparison.Ordinal);
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
}
