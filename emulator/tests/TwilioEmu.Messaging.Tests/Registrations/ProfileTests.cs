using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Registrations;

public sealed class ProfileTests
{
    [Theory]
    [InlineData("CustomerProfiles", true, "twilio-approved")]
    [InlineData("TrustProducts", true, "twilio-approved")]
    [InlineData("CustomerProfiles", false, "twilio-rejected")]
    public async Task What_is_submitted_is_reviewed_in_its_turn(string list, bool approves, string end)
    {
        await using var house = new MessagingHouse(registrations: new RegistrationRules { Approves = approves });
        var sid = await MakeAsync(house, list);
        await house.AdvanceAsync(300);
        (await StatusAsync(house, list, sid)).Should().Be("draft", "nobody submitted it");
        (await PostAsync(house, $"/v1/{list}/{sid}", "Status", "pending-review"))["status"].Should().Be("pending-review");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, list, sid)).Should().Be("in-review");
        await house.AdvanceAsync(60);
        (await StatusAsync(house, list, sid)).Should().Be(end);
        house.Do(() => house.Messaging.MoveRegistration(AccountBook.DefaultSid, sid, "twilio-approved", null, null).Should().BeTrue());
        (await StatusAsync(house, list, sid)).Should().Be("twilio-approved", "by hand");
    }

    [Fact]
    public async Task What_is_taken_back_to_a_draft_is_not_reviewed()
    {
        await using var house = new MessagingHouse();
        var sid = await MakeAsync(house, "CustomerProfiles");
        await PostAsync(house, $"/v1/CustomerProfiles/{sid}", "Status", "pending-review");
        await PostAsync(house, $"/v1/CustomerProfiles/{sid}", "Status", "draft");
        await house.AdvanceAsync(300);
        (await StatusAsync(house, "CustomerProfiles", sid)).Should().Be("draft");
    }

    [Theory]
    [InlineData("CustomerProfiles")]
    [InlineData("TrustProducts")]
    public async Task An_evaluation_finds_compliant_what_has_something_assigned(string list)
    {
        await using var house = new MessagingHouse();
        var sid = await MakeAsync(house, list);
        var before = await PostAsync(house, $"/v1/{list}/{sid}/Evaluations", "PolicySid", Policy);
        (before.Status, before["status"]).Should().Be((201, "noncompliant"));
        before.Json.GetProperty("results")[0].GetProperty("error_code").GetInt32().Should().Be(22214);
        await PostAsync(house, $"/v1/{list}/{sid}/EntityAssignments", "ObjectSid", "IT00000000000000000000000000000001");
        var after = await PostAsync(house, $"/v1/{list}/{sid}/Evaluations", "PolicySid", Policy);
        (after["status"], after.Json.GetProperty("results").GetArrayLength()).Should().Be(("compliant", 0));
    }

    private const string Policy = "RNdfbf3fae0e1107f8aded0e7cead80bf5";

    private static async Task<string> MakeAsync(MessagingHouse house, string list) =>
        (await PostAsync(house, $"/v1/{list}", "FriendlyName", "Acme", "Email", "a@example.com", "PolicySid", Policy))["sid"]!;

    private static async Task<string?> StatusAsync(MessagingHouse house, string list, string sid) =>
        (await house.Rest.SendAsync("GET", $"/v1/{list}/{sid}", null, null, host: "trusthub.twilio.com"))["status"];

    private static Task<RestAnswer> PostAsync(MessagingHouse house, string path, params string[] pairs) => house.Rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "trusthub.twilio.com");
}
