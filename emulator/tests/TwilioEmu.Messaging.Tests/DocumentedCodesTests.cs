using System.Reflection;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Tests;

/// <summary>Every code of Programmable Messaging that twilio.com/docs/api/errors has: a row of <see cref="ErrorTableTests"/> that causes it, whoever else says it, or the reason why nothing does.</summary>
public sealed class DocumentedCodesTests
{
    private const string Older = "the live service says another of today's codes in its place";
    private const string Phones = "a carrier's or channel's word, which a phone says when it is told to: A_carriers_code_reaches_the_app_whatever_it_is";
    private const string Webhook = "of the app's web server: tests of Webhooks";
    private const string Elsewhere = "a test of its own: MessageResourceTests, MessagingServiceTests, RegistrationTests, ShortLinkTests, OptOutTests";
    private const string Bulk = "of the bulk API, which is not emulated and answers 501";
    private const string Templates = "of TwiML templates, which are no more";
    private const string Internal = "Twilio's own failures, of which the emulator has none to show but by a phone";
    private const string Unknown = "what leads there is not published";

    private static readonly (int From, int To, string Why)[] Others =
    [
        (11100, 11100, Webhook), (11201, 11206, Webhook), (11210, 11220, Webhook), (11235, 11243, Webhook), (11251, 11251, Webhook), (11300, 11320, Templates), (11750, 11750, Webhook), (11770, 11770, Webhook),
        (12101, 12102, Webhook), (12400, 12400, Internal), (14110, 14110, "live answers with voice verbs are 12200"),
        (21407, 21407, "of numbers"), (21601, 21602, Older), (21605, 21605, "of the address of 2008"), (21607, 21607, "trial accounts have no shared number any longer"), (21613, 21613, "of buying numbers"),
        (21616, 21616, "a number is one account's, once"), (21618, 21618, Unknown), (21626, 21626, "StatusCallbackEvent is no parameter of messages"), (21652, 21653, "Subject and group recipients are no parameters of messages"),
        (21657, 21658, Older), (21659, 21659, "of a number that is not Twilio's the answer is 21606; short codes have no country here"), (21662, 21663, "regions hold the same numbers"), (21668, 21668, "regions hold the same numbers"),
        (21708, 21709, Older), (21710, 21710, Elsewhere), (21712, 21714, Elsewhere), (21715, 21717, Elsewhere), (21719, 21720, "a service's use case is taken as it is"), (21732, 21732, "a brand has as many campaigns as it likes"), (21736, 21741, "brands are not asked for a second factor"),
        (30009, 30010, "parts of a text come together or not at all; MaxPrice has no effect since 2024"), (30012, 30013, "a ValidityPeriod out of range is refused: 21624"), (30017, 30027, Phones), (30032, 30035, Phones), (30037, 30043, Phones), (30106, 30106, Elsewhere),
        (30109, 30109, Elsewhere), (30127, 30127, "a service that is none is 21705"), (30400, 30404, Bulk), (30409, 30409, Elsewhere), (30410, 30620, Phones),
        (35115, 35117, "the same words as 35114, which is said"), (35127, 35134, Bulk),
        (63001, 63002, Phones), (63005, 63005, Phones), (63008, 63014, Phones), (63017, 63018, Phones), (63020, 63020, Phones), (63022, 63023, Phones), (63025, 63026, Phones), (63028, 63029, Phones), (63032, 63033, Phones), (63037, 63037, Phones),
        (63049, 63051, Phones), (90007, 90014, Older),
    ];

    private static readonly int[] Documented =
    [
        11100, 11200, 11201, 11202, 11203, 11205, 11206, 11210, 11215, 11216, 11217, 11220, 11235, 11236, 11237, 11240, 11241, 11242, 11243, 11251, 11300, 11310, 11320, 11321, 11322, 11750, 11751, 11770, 12100, 12101, 12102, 12200,
        12300, 12400, 14101, 14102, 14103, 14104, 14105, 14106, 14107, 14108, 14109, 14110, 14111, 21211, 21212, 21218, 21265, 21266, 21267, 21268, 21407, 21408, 21601, 21602, 21603, 21604, 21605, 21606, 21607, 21608, 21609, 21610, 21611,
        21612, 21613, 21614, 21616, 21617, 21618, 21619, 21620, 21621, 21622, 21623, 21624, 21626, 21627, 21635, 21652, 21653, 21654, 21655, 21656, 21657, 21658, 21659, 21660, 21661, 21662, 21663, 21664, 21665, 21666, 21667, 21668, 21701,
        21702, 21703, 21704, 21705, 21708, 21709, 21710, 21711, 21712, 21713, 21714, 21715, 21717, 21719, 21720, 21732, 21736, 21738, 21739, 21740, 21741, 21910, 30001, 30002, 30003, 30004, 30005, 30006, 30007, 30008, 30009, 30010, 30011, 30012, 30013,
        30017, 30018, 30019, 30020, 30022, 30023, 30024, 30027, 30029, 30030, 30032, 30033, 30034, 30035, 30036, 30037, 30038, 30039, 30040, 30041, 30042, 30043, 30106, 30109, 30124, 30127, 30400, 30404, 30409, 30410, 30450, 30453, 30454, 30485, 30500, 30610,
        30615, 30620, 30630, 35111, 35114, 35115, 35117, 35118, 35125, 35126, 35127, 35132, 35133, 35134, 63001, 63002, 63003, 63005, 63006, 63007, 63008, 63009, 63010, 63012, 63013, 63014, 63015, 63016, 63017, 63018, 63019, 63020, 63021, 63022,
        63023, 63024, 63025, 63026, 63027, 63028, 63029, 63030, 63031, 63032, 63033, 63034, 63035, 63036, 63037, 63038, 63040, 63041, 63042, 63049, 63051, 90007, 90010, 90014,
    ];

    /// <summary>The codes of the table's rows, and of its tests of one code each.</summary>
    private static readonly HashSet<int> Caused =
    [
        .. typeof(ErrorTableTests).GetMethods().SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>()).Select(d => d.Data[0]).OfType<int>(), 14111, 21610, 21611, 35125, 63038,
    ];

    [Fact]
    public void Each_has_a_row_or_a_reason()
    {
        Documented.Where(c => !Caused.Contains(c) && !Others.Any(e => c >= e.From && c <= e.To)).Should().BeEmpty("every code has a cause in the table, or a reason here");
        Documented.Where(c => Caused.Contains(c) && Others.Any(e => c >= e.From && c <= e.To)).Should().BeEmpty("what has a cause needs no reason");
    }

    [Fact]
    public void What_is_a_phones_word_is_in_the_table_of_codes_so_that_a_phone_may_say_it()
    {
        Documented.Where(c => Others.Any(e => e.Why == Phones && c >= e.From && c <= e.To)).Where(c => ErrorCodes.Find(c) is null).Should().BeEmpty();
    }
}
