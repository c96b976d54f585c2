namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>twilio.com/docs/conversations/api/service-resource, /configuration-resource.</summary>
public sealed class DefaultServiceTests : IAsyncDisposable
{
    private readonly Talk _talk = new();

    public ValueTask DisposeAsync() => _talk.DisposeAsync();

    private async Task<string> DefaultAsync() => (await _talk.GetAsync("/v1/Configuration"))["default_chat_service_sid"]!;

    [Fact]
    public async Task An_account_has_a_service_with_roles_from_the_start()
    {
        var service = await DefaultAsync();
        (await _talk.GetAsync($"/v1/Services/{service}"))["friendly_name"].Should().Be("Default Conversations Service");
        (await _talk.EachAsync("/v1/Services", "services", "sid")).Should().Be(service);
        (await _talk.EachAsync("/v1/Roles", "roles", "friendly_name")).Split(' ').Should().Contain(["admin", "user"]);
        (await DefaultAsync()).Should().Be(service, "it stays the same");
    }

    [Fact]
    public async Task What_is_made_without_a_service_is_the_default_services()
    {
        var made = await _talk.PostAsync("/v1/Conversations", "UniqueName", "tea");
        made.Status.Should().Be(201);
        var (sid, service) = (made["sid"]!, await DefaultAsync());
        made["chat_service_sid"].Should().Be(service);
        made["url"].Should().Be($"https://conversations.twilio.com/v1/Conversations/{sid}");
        made.Json.GetProperty("links").GetProperty("messages").GetString()
            .Should().Be($"https://conversations.twilio.com/v1/Conversations/{sid}/Messages");

        var same = await _talk.GetAsync($"/v1/Services/{service}/Conversations/tea");
        same["sid"].Should().Be(sid);
        same.Json.GetProperty("links")
            .GetProperty("messages").GetString()
            .Should().Be($"https://conversations.twilio.com/v1/Services/{service}/Conversations/{sid}/Messages");
        (await _talk.EachAsync($"/v1/Services/{service}/Conversations", "conversations", "sid")).Should().Be(sid);

        await _talk.PostAsync($"/v1/Services/{service}/Conversations/{sid}/Messages", "Body", "hello");
        (await _talk.EachAsync("/v1/Conversations/tea/Messages", "messages", "body")).Should().Be("hello");
    }

    [Fact]
    public async Task Another_service_may_be_the_default()
    {
        await _talk.BeginAsync();
        var other = (await _talk.PostAsync("/v1/Services", "FriendlyName", "other"))["sid"]!;
        (await _talk.PostAsync("/v1/Configuration", "DefaultChatServiceSid", other))["default_chat_service_sid"].Should().Be(other);
        (await _talk.EachAsync("/v1/Conversations", "conversations", "sid")).Should().Be("", "they are the other service's now");
        (await _talk.PostAsync("/v1/Conversations"))["chat_service_sid"].Should().Be(other);
        (await _talk.PostAsync("/v1/Configuration", "DefaultChatServiceSid", "IS00000000000000000000000000000009")).Code.Should().Be(50050);
    }

    [Fact]
    public async Task What_is_not_there_is_told_by_the_path_that_was_asked()
    {
        var answer = await _talk.GetAsync("/v1/Conversations/CH00000000000000000000000000000001");
        answer.Code.Should().Be(20404);
        answer["message"].Should().NotContain("Services");
    }

    [Fact]
    public async Task What_is_planted_lies_where_it_is_asked_for()
    {
        var conversation = await _talk.BeginAsync();
        var message = (await _talk.PostAsync(conversation + "/Messages", "Body", "hello"))["sid"];
        using var json = System.Text.Json.JsonDocument.Parse("""{"status":"delivered"}""");
        var planted = await _talk.Rest.World.Loop.RunAsync(
            () =>
                _talk.Rest.Door.PutResource(
                    TwilioEmu.Accounts.Directory.AccountBook.DefaultSid, "conversations", $"{conversation}/Messages/{message}/Receipts",
                    json.RootElement),
            default);
        planted.Should().BeNull();
        (await _talk.EachAsync($"{conversation}/Messages/{message}/Receipts", "delivery_receipts", "status")).Should().Be("delivered");
    }

    [Fact]
    public async Task Asking_mints_nothing()
    {
        await DefaultAsync();
        await using var other = new Talk();
        (await _talk.BeginAsync()).Should().Be(await other.BeginAsync());
    }
}
