using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Tests.Verify;

/// <summary>
/// Every code that twilio.com/docs/verify/api/error-codes names: one that is answered
/// (<see cref="VerifyErrorTests"/>, <see cref="FactorTests"/>), or the reason why not.
/// </summary>
/// <remarks>
/// Whatever is not here for a start's sake alone a world may have against a number: <c>verify_error</c> under <c>lookup:</c>.
/// </remarks>
public sealed class DocumentedCodesTests
{
    private const string Sna = "silent network authentication needs a network that knows its SIM cards: channel sna is 60001";
    private const string Passkeys = "the operations of passkeys are not built, and answer 501";
    private const string Console = "templates, sender ids and mailers are made in the console, for which there is no operation";
    private const string Unpublished = "how many are too many is not published";
    private const string Device = "said by the mobile SDKs or to them, which enrol devices by their own tokens";
    private const string Brand = "warnings of templates with and without a brand, which are the console's";
    private const string NoPath = "nothing of v2 is documented to lead there";

    private static readonly (int From, int To, string Why)[] Exceptions =
    [
        (60002, 60008, Sna), (60215, 60216, Console), (60225, 60226, Console), (60230, 60237, Console), (60239, 60240, Console),
        (60244, 60244, Console), (60247, 60247, Console), (60250, 60250, Console), (60302, 60304, NoPath), (60309, 60309, Unpublished),
        (60312, 60312, Unpublished), (60313, 60314, Device), (60317, 60317, Device), (60328, 60328, Unpublished),
        (60331, 60331, "calls speak every language that codes are written in"), (60332, 60332, Console), (60333, 60335, Brand),
        (60361, 60393, Passkeys),
        (60401, 60407, Device), (60408, 60409, Console), (60420, 60428, NoPath), (60431, 60441, Passkeys), (60500, 60550, Sna),
        (60603, 60604, "mail goes to mailboxes of the world, through no SendGrid"), (68001, 68007, Device),
        (68008, 68008, "a service without a sender of WhatsApp has the emulator's own"),
    ];

    private static readonly int[] Documented =
    [
        60001, 60002, 60003, 60004, 60005, 60006, 60007, 60008, 60200, 60201, 60202, 60203, 60204, 60205, 60206, 60207, 60208, 60209, 60210,
        60211, 60212, 60213, 60214, 60215, 60216, 60217, 60218, 60219, 60220, 60221,
        60222, 60223, 60224, 60225, 60226, 60227, 60228, 60229, 60230, 60231, 60232, 60233, 60234, 60235, 60236, 60237, 60238, 60239, 60240, 60241, 60242,
        60243, 60244, 60245, 60246, 60247, 60248, 60250, 60251, 60252, 60253, 60300, 60301,
        60302, 60303, 60304, 60305, 60306, 60307, 60308, 60309, 60310, 60311, 60312, 60313, 60314, 60315, 60317, 60318, 60322, 60323, 60324, 60325, 60326,
        60327, 60328, 60329, 60330, 60331, 60332, 60333, 60334, 60335, 60361, 60362, 60363,
        60364, 60365, 60366, 60367, 60368, 60369, 60370, 60371, 60372, 60373, 60374, 60375, 60376, 60377, 60378, 60379, 60380, 60381, 60382,
        60383, 60384, 60385, 60386, 60387, 60388, 60390, 60391, 60392, 60393, 60401,
        60402, 60403, 60404, 60405, 60406, 60407, 60408, 60409, 60410, 60411, 60412, 60413, 60420, 60421, 60422, 60423, 60424, 60425, 60426, 60427, 60428,
        60431, 60432, 60433, 60434, 60436, 60437, 60440, 60441, 60500, 60510,
        60511, 60517, 60519, 60520, 60531, 60532, 60533, 60534, 60535, 60540, 60550, 60602, 60603, 60604, 60605,
        68001, 68002, 68003, 68004, 68005, 68006, 68007, 68008,
    ];

    [Fact]
    public void Each_is_answered_or_named_with_the_reason()
    {
        var nameless = Documented.Where(c => ErrorCodes.Find(c) is null && !Exceptions.Any(e => c >= e.From && c <= e.To));
        nameless.Should().BeEmpty();
        var both = Documented.Where(c => ErrorCodes.Find(c) is not null && Exceptions.Any(e => c >= e.From && c <= e.To));
        both.Should().BeEmpty("what is answered is no exception");
    }

    [Theory]
    [InlineData("call", "en", 60327)]
    [InlineData("sms", "de", 60325)]
    public async Task What_a_template_lacks_is_told_and_the_code_goes_out_all_the_same(string channel, string locale, int code)
    {
        await using var proving = new Proving();
        const string Sid = "HJ000000000000000000000000000000ab";
        using var json = System.Text.Json.JsonDocument.Parse($$$"""
            {"sid":"{{{Sid}}}","friendly_name":"Ours","channels":["sms"],"translations":{"en":{"is_default_translation":true,"status":"approved","locale":"en","text":"Your {{code}}"} } }
            """);
        (await proving.DoAsync(
            () => proving.Rest.Door.PutResource(Accounts.Directory.AccountBook.DefaultSid, "verify", "/v2/Templates", json.RootElement)))
            .Should().BeNull();
        (await proving.StartAsync(await proving.ServiceAsync(), channel, "TemplateSid", Sid, "Locale", locale)).Status.Should().Be(201);
        (await proving.Rest.EntriesAsync("alert")).Should().ContainSingle().Which.ToJson().Should().Contain($"{code}");
    }
}
