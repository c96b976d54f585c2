using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Rest.Tests.Resources;

/// <summary>Operations that lack what they are for, and operations that lack something beside it.</summary>
public sealed class UnbuiltTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_notification_that_nobody_gets_is_refused_and_the_body_names_the_option_that_stores_it()
    {
        await using var rest = new RestWorld();
        var service = await rest.SendAsync("POST", "/v1/Services", "FriendlyName=App", Form, host: "notify.twilio.com");
        service.Status.Should().Be(201, "storing configuration is always possible");

        var refused = await rest.SendAsync(
            "POST", $"/v1/Services/{service["sid"]}/Notifications", "Identity=ann&Body=hello", Form, host: "notify.twilio.com");

        refused.Status.Should().Be(501);
        refused["message"].Should().Contain("nobody is notified").And.Contain("--unbuilt store");
    }

    [Fact]
    public async Task Bad_parameters_and_missing_parents_are_told_before_what_is_not_emulated()
    {
        await using var rest = new RestWorld();
        (await rest.SendAsync(
            "POST", $"/v1/Services/IS{new string('0', 32)}/Notifications", "Identity=ann&Body=hello", Form,
            host: "notify.twilio.com")).Status
            .Should().Be(404);
        (await rest.SendAsync(
            "POST", $"/v1/Services/IS{new string('0', 32)}/Notifications", "Priority=urgent", Form, host: "notify.twilio.com")).Status
            .Should().Be(400);
    }

    [Fact]
    public async Task With_store_it_is_kept_and_the_answer_says_in_a_header_what_did_not_happen()
    {
        await using var rest = new RestWorld(storesUnbuilt: true);
        var service = await rest.SendAsync("POST", "/v1/Services", "FriendlyName=App", Form, host: "notify.twilio.com");
        service.Headers.Should().NotContainKey("TwilioEmu-Warning");

        var made = await rest.SendAsync(
            "POST", $"/v1/Services/{service["sid"]}/Notifications", "Identity=ann&Body=hello", Form, host: "notify.twilio.com");

        made.Status.Should().Be(201);
        made.Headers["TwilioEmu-Warning"].ToString().Should().Contain("nobody is notified");
    }

    [Fact]
    public async Task What_lacks_something_beside_its_purpose_is_answered_with_a_warning_in_header_and_journal()
    {
        await using var rest = new RestWorld();
        var room = await rest.SendAsync("POST", "/v1/Rooms", "UniqueName=kitchen", Form, host: "video.twilio.com");
        room.Status.Should().Be(201);
        room.Headers["TwilioEmu-Warning"].ToString().Should().Contain("nobody can join it");
        (await rest.EntriesAsync("warning")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_parameter_that_no_operation_knows_is_told_in_the_header_in_printable_ascii()
    {
        await using var rest = new RestWorld();
        var made = await rest.PostAsync("Queues.json", "FriendlyName", "q", "Gr\u00f6\u00dfe\r\nX", "1");
        made.Headers["TwilioEmu-Warning"].ToArray()
            .Should().Contain(w => w!.Contains("ignored")).And.OnlyContain(w => w!.All(c => c >= ' ' && c <= '~'));
    }

    [Fact]
    public async Task An_action_that_would_do_nothing_is_refused()
    {
        await using var rest = new RestWorld();
        var refused = await rest.SendAsync(
            "POST", "/v2/WebChats", $"AddressSid=IG{new string('0', 32)}", Form, host: "flex-api.twilio.com");
        refused.Status.Should().Be(501);
        refused["message"].Should().Contain("nothing is done");
    }

    [Fact]
    public async Task Storing_configuration_is_never_refused()
    {
        await using var rest = new RestWorld();
        var configuration = new[] { "Service", "Worker", "Workflow", "Workspace", "TaskQueue", "Flow", "Trunk", "Template", "Content",
            "Environment", "Domain", "Sink", "Subscription", "Webhook" };
        ApiCatalog.Open().Documents.SelectMany(d => d.Operations)
            .Where(
                o => o.Kind is OperationKind.Create or OperationKind.Update && configuration.Any(
                    c => o.Id == "Create" + c || o.Id == "Update" + c))
            .Where(rest.Door.IsRefused).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_refused_is_not_said_to_behave()
    {
        await using var rest = new RestWorld();
        var refused = ApiCatalog.Open().Documents.SelectMany(d => d.Operations).Where(rest.Door.IsRefused).ToList();
        refused.Should().NotBeEmpty();
        refused.Should().OnlyContain(o => rest.Door.FidelityOf(o) != Fidelity.Behaves);
    }
}
