using System.Collections.Frozen;
using System.Globalization;

namespace TwilioEmu.Products.Usage;

/// <summary>What usage is counted by.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Parent">The wider category that contains it; null at the top.</param>
/// <param name="Description">In words.</param>
/// <param name="CountUnit">What events are: calls, messages; empty where none are counted.</param>
/// <param name="UsageUnit">What is billed: minutes, messages.</param>
/// <remarks>The names are those of twilio.com/docs/usage/api/usage-record#usage-categories.</remarks>
internal sealed record UsageCategory(string Name, string? Parent, string Description, string CountUnit, string UsageUnit)
{
    /// <summary>All there is, in money: every other category counts in it.</summary>
    public const string Total = "totalprice";

    // Name | parent | description | count unit | usage unit. Only what something here feeds, or what is asked for
    // most, has more than a name; of the rest the description is made of the name and the units are plain (inferred).
    private const string Text = """
        a2p-registration-fees
        agent-conference
        amazon-polly
        answering-machine-detection |  | Answering Machine Detection | calls | calls
        authy-authentications
        authy-calls-outbound
        authy-monthly-fees
        authy-phone-intelligence
        authy-phone-verifications
        authy-sms-outbound
        call-progess-events
        calleridlookups | lookups | Caller Name Lookups | lookups | lookups
        calls |  | Voice Minutes | calls | minutes
        calls-client | calls | Client Minutes | calls | minutes
        calls-globalconference | calls | Global Conference Minutes | calls | minutes
        calls-inbound | calls | Inbound Voice Minutes | calls | minutes
        calls-inbound-local | calls-inbound | Inbound Local Voice Minutes | calls | minutes
        calls-inbound-mobile | calls-inbound | Inbound Mobile Voice Minutes | calls | minutes
        calls-inbound-tollfree | calls-inbound | Inbound Toll Free Voice Minutes | calls | minutes
        calls-outbound | calls | Outbound Voice Minutes | calls | minutes
        calls-pay-verb-transactions
        calls-recordings |  | Recorded Calls | calls | minutes
        calls-sip | calls | SIP Minutes | calls | minutes
        calls-sip-inbound | calls-sip | Inbound SIP Minutes | calls | minutes
        calls-sip-outbound | calls-sip | Outbound SIP Minutes | calls | minutes
        calls-transfers
        carrier-lookups | lookups | Carrier Lookups | lookups | lookups
        conversations
        conversations-api-requests | conversations
        conversations-conversation-events | conversations
        conversations-endpoint-connectivity | conversations
        conversations-events | conversations
        conversations-participant-events | conversations
        conversations-participants | conversations
        cps
        flex-usage
        fraud-lookups | lookups | Fraud Lookups | lookups | lookups
        group-rooms
        group-rooms-data-track | group-rooms
        group-rooms-encrypted-media-recorded | group-rooms
        group-rooms-media-downloaded | group-rooms
        group-rooms-media-recorded | group-rooms
        group-rooms-media-routed | group-rooms
        group-rooms-media-stored | group-rooms
        group-rooms-participant-minutes | group-rooms
        group-rooms-recorded-minutes | group-rooms
        imp-v1-usage
        lookups |  | Lookups | lookups | lookups
        marketplace
        marketplace-algorithmia-named-entity-recognition | marketplace
        marketplace-cadence-transcription | marketplace
        marketplace-cadence-translation | marketplace
        marketplace-capio-speech-to-text | marketplace
        marketplace-convriza-ababa | marketplace
        marketplace-deepgram-phrase-detector | marketplace
        marketplace-digital-segment-business-info | marketplace
        marketplace-facebook-offline-conversions | marketplace
        marketplace-google-speech-to-text | marketplace
        marketplace-ibm-watson-message-insights | marketplace
        marketplace-ibm-watson-message-sentiment | marketplace
        marketplace-ibm-watson-recording-analysis | marketplace
        marketplace-ibm-watson-tone-analyzer | marketplace
        marketplace-icehook-systems-scout | marketplace
        marketplace-infogroup-dataaxle-bizinfo | marketplace
        marketplace-keen-io-contact-center-analytics | marketplace
        marketplace-marchex-cleancall | marketplace
        marketplace-marchex-sentiment-analysis-for-sms | marketplace
        marketplace-marketplace-nextcaller-social-id | marketplace
        marketplace-mobile-commons-opt-out-classifier | marketplace
        marketplace-nexiwave-voicemail-to-text | marketplace
        marketplace-nextcaller-advanced-caller-identification | marketplace
        marketplace-nomorobo-spam-score | marketplace
        marketplace-payfone-tcpa-compliance | marketplace
        marketplace-remeeting-automatic-speech-recognition | marketplace
        marketplace-tcpa-defense-solutions-blacklist-feed | marketplace
        marketplace-telo-opencnam | marketplace
        marketplace-truecnam-true-spam | marketplace
        marketplace-twilio-caller-name-lookup-us | marketplace
        marketplace-twilio-carrier-information-lookup | marketplace
        marketplace-voicebase-pci | marketplace
        marketplace-voicebase-transcription | marketplace
        marketplace-voicebase-transcription-custom-vocabulary | marketplace-voicebase-transcription
        marketplace-whitepages-pro-caller-identification | marketplace
        marketplace-whitepages-pro-phone-intelligence | marketplace
        marketplace-whitepages-pro-phone-reputation | marketplace
        marketplace-wolfarm-spoken-results | marketplace
        marketplace-wolfram-short-answer | marketplace
        marketplace-ytica-contact-center-reporting-analytics | marketplace
        mediastorage |  | Media Storage |  | gigabytes
        mms |  | MMS | messages | messages
        mms-inbound | mms | Inbound MMS | messages | messages
        mms-inbound-longcode | mms-inbound | Inbound Long Code MMS | messages | messages
        mms-inbound-shortcode | mms-inbound | Short Code Inbound MMS | messages | messages
        mms-messages-carrierfees
        mms-outbound | mms | Outbound MMS | messages | messages
        mms-outbound-longcode | mms-outbound | Outbound Long Code MMS | messages | messages
        mms-outbound-shortcode | mms-outbound | Short Code Outbound MMS | messages | messages
        monitor-reads
        monitor-storage
        monitor-writes
        notify
        notify-actions-attempts | notify
        notify-channels | notify
        number-format-lookups | lookups | Number Format Lookups | lookups | lookups
        pchat
        pchat-users | pchat
        peer-to-peer-rooms-participant-minutes
        pfax
        pfax-minutes | pfax
        pfax-minutes-inbound | pfax-minutes
        pfax-minutes-outbound | pfax-minutes
        pfax-pages | pfax
        phonenumbers |  | Phone Numbers | numbers | numbers
        phonenumbers-cps
        phonenumbers-emergency
        phonenumbers-local | phonenumbers | Local Phone Numbers | numbers | numbers
        phonenumbers-mobile | phonenumbers | Mobile Phone Numbers | numbers | numbers
        phonenumbers-setups
        phonenumbers-tollfree | phonenumbers | Toll Free Phone Numbers | numbers | numbers
        premiumsupport
        proxy
        proxy-active-sessions | proxy
        pstnconnectivity
        pv
        pv-composition-media-downloaded | pv
        pv-composition-media-encrypted | pv
        pv-composition-media-stored | pv
        pv-composition-minutes | pv
        pv-recording-compositions | pv
        pv-room-participants | pv
        pv-room-participants-au1 | pv-room-participants
        pv-room-participants-br1 | pv-room-participants
        pv-room-participants-ie1 | pv-room-participants
        pv-room-participants-jp1 | pv-room-participants
        pv-room-participants-sg1 | pv-room-participants
        pv-room-participants-us1 | pv-room-participants
        pv-room-participants-us2 | pv-room-participants
        pv-rooms | pv
        pv-sip-endpoint-registrations | pv
        recordings |  | Recorded Minutes | recordings | minutes
        recordingstorage |  | Recording Storage |  | minutes
        rooms-group-bandwidth
        rooms-group-minutes
        rooms-peer-to-peer-minutes
        shortcodes |  | Short Codes | short codes | short codes
        shortcodes-customerowned | shortcodes | Customer Owned Short Codes | short codes | short codes
        shortcodes-mms-enablement
        shortcodes-mps
        shortcodes-random | shortcodes | Random Short Codes | short codes | short codes
        shortcodes-uk | shortcodes | UK Short Codes | short codes | short codes
        shortcodes-vanity | shortcodes | Vanity Short Codes | short codes | short codes
        small-group-rooms
        small-group-rooms-data-track | small-group-rooms
        small-group-rooms-participant-minutes | small-group-rooms
        sms |  | SMS | messages | messages
        sms-inbound | sms | Inbound SMS | messages | messages
        sms-inbound-longcode | sms-inbound | Inbound Long Code SMS | messages | messages
        sms-inbound-shortcode | sms-inbound | Short Code Inbound SMS | messages | messages
        sms-messages-carrierfees
        sms-messages-features
        sms-messages-features-senderid | sms-messages-features
        sms-outbound | sms | Outbound SMS | messages | messages
        sms-outbound-content-inspection | sms-outbound
        sms-outbound-longcode | sms-outbound | Outbound Long Code SMS | messages | messages
        sms-outbound-shortcode | sms-outbound | Short Code Outbound SMS | messages | messages
        speech-recognition |  | Speech Recognition | requests | requests
        studio-engagements
        sync
        sync-actions | sync
        sync-endpoint-hours | sync
        sync-endpoint-hours-above-daily-cap | sync-endpoint-hours
        taskrouter-tasks
        totalprice | - | Total Price |  | usd
        transcriptions |  | Transcriptions | transcriptions | minutes
        trunking-cps
        trunking-emergency-calls
        trunking-origination
        trunking-origination-local | trunking-origination
        trunking-origination-mobile | trunking-origination
        trunking-origination-tollfree | trunking-origination
        trunking-recordings
        trunking-secure
        trunking-termination
        tts-google
        turnmegabytes
        turnmegabytes-australia | turnmegabytes
        turnmegabytes-brasil | turnmegabytes
        turnmegabytes-germany | turnmegabytes
        turnmegabytes-india | turnmegabytes
        turnmegabytes-ireland | turnmegabytes
        turnmegabytes-japan | turnmegabytes
        turnmegabytes-singapore | turnmegabytes
        turnmegabytes-useast | turnmegabytes
        turnmegabytes-uswest | turnmegabytes
        twilio-interconnect
        verify-push
        verify-totp
        verify-whatsapp-conversations-business-initiated
        video-recordings
        virtual-agent
        voice-insights
        voice-insights-client-insights-on-demand-minute | voice-insights
        voice-insights-ptsn-insights-on-demand-minute | voice-insights
        voice-insights-sip-interface-insights-on-demand-minute | voice-insights
        voice-insights-sip-trunking-insights-on-demand-minute | voice-insights
        voice-intelligence
        voice-intelligence-transcription | voice-intelligence
        voice-intelligence-operators | voice-intelligence
        wireless
        wireless-orders | wireless
        wireless-orders-artwork | wireless-orders
        wireless-orders-bulk | wireless-orders
        wireless-orders-esim | wireless-orders
        wireless-orders-starter | wireless-orders
        wireless-usage | wireless
        wireless-usage-commands | wireless-usage
        wireless-usage-commands-africa | wireless-usage-commands
        wireless-usage-commands-asia | wireless-usage-commands
        wireless-usage-commands-centralandsouthamerica | wireless-usage-commands
        wireless-usage-commands-europe | wireless-usage-commands
        wireless-usage-commands-home | wireless-usage-commands
        wireless-usage-commands-northamerica | wireless-usage-commands
        wireless-usage-commands-oceania | wireless-usage-commands
        wireless-usage-commands-roaming | wireless-usage-commands
        wireless-usage-data | wireless-usage
        wireless-usage-data-africa | wireless-usage-data
        wireless-usage-data-asia | wireless-usage-data
        wireless-usage-data-centralandsouthamerica | wireless-usage-data
        wireless-usage-data-custom-additionalmb | wireless-usage-data
        wireless-usage-data-custom-first5mb | wireless-usage-data
        wireless-usage-data-domestic-roaming | wireless-usage-data
        wireless-usage-data-europe | wireless-usage-data
        wireless-usage-data-individual-additionalgb | wireless-usage-data
        wireless-usage-data-individual-firstgb | wireless-usage-data
        wireless-usage-data-international-roaming-canada | wireless-usage-data
        wireless-usage-data-international-roaming-india | wireless-usage-data
        wireless-usage-data-international-roaming-mexico | wireless-usage-data
        wireless-usage-data-northamerica | wireless-usage-data
        wireless-usage-data-oceania | wireless-usage-data
        wireless-usage-data-pooled | wireless-usage-data
        wireless-usage-data-pooled-downlink | wireless-usage-data-pooled
        wireless-usage-data-pooled-uplink | wireless-usage-data-pooled
        wireless-usage-mrc | wireless-usage
        wireless-usage-mrc-custom | wireless-usage-mrc
        wireless-usage-mrc-individual | wireless-usage-mrc
        wireless-usage-mrc-pooled | wireless-usage-mrc
        wireless-usage-mrc-suspended | wireless-usage-mrc
        wireless-usage-sms | wireless-usage
        wireless-usage-voice | wireless-usage
        """;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<UsageCategory> All { get; } =
        [.. Text.Split('\n', StringSplitOptions.TrimEntries).Select(line => Read(line.Split('|', StringSplitOptions.TrimEntries)))];

    private static readonly FrozenDictionary<string, UsageCategory> ByName = All.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, UsageCategory[]> Lines =
        All.ToFrozenDictionary(c => c.Name, c => c.FindAncestors().ToArray(), StringComparer.Ordinal);

    public static UsageCategory? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The category, all that contain it, and the total.</summary>
    public IReadOnlyList<UsageCategory> WithAncestors() => Lines[Name];

    private IEnumerable<UsageCategory> FindAncestors()
    {
        for (var category = this; category is not null; category = category.Parent is { } parent ? Find(parent) : null)
        {
            yield return category;
        }
        if (Name != Total) yield return ByName[Total];
    }

    private static UsageCategory Read(string[] cells) => cells.Length == 5
        ? new UsageCategory(cells[0], cells[1] is "" or "-" ? null : cells[1], cells[2], cells[3], cells[4])
        : new UsageCategory(cells[0], cells.Length > 1 ? cells[1] : null, Words(cells[0]), "", "");

    /// <summary><c>studio-engagements</c>: Studio Engagements.</summary>
    private static string Words(string name) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name.Replace('-', ' '));
}
