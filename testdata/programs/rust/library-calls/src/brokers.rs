//! Clients of message brokers that wait, and the asynchronous ones of the same libraries.

use amiquip::{Connection, ConsumerOptions, Exchange, Publish, QueueDeclareOptions};
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer};
use rdkafka::producer::{FutureProducer, Producer};
use std::time::Duration;

pub async fn rabbit() -> amiquip::Result<()> {
    let mut connection = Connection::insecure_open("amqp://localhost")?; // hazard[BL102]: rabbit > amiquip::Connection::insecure_open
    let channel = connection.open_channel(None)?; // hazard[BL102]: rabbit > amiquip::Connection::open_channel
    Exchange::direct(&channel).publish(Publish::new(b"hello", "queue"))?;
    let queue = channel.queue_declare("queue", QueueDeclareOptions::default())?; // hazard[BL102]: rabbit > amiquip::Channel::queue_declare
    let consumer = queue.consume(ConsumerOptions::default())?; // hazard[BL102]: rabbit > amiquip::Queue::consume
    for _message in consumer.receiver().iter() {} // hazard[BL106]: rabbit > crossbeam_channel::Receiver::iter
    connection.close() // hazard[BL102]: rabbit > amiquip::Connection::close
}

pub async fn commits(consumer: &BaseConsumer) {
    consumer.commit_consumer_state(CommitMode::Sync).unwrap(); // hazard[BL102]: commits > rdkafka::consumer::BaseConsumer::commit_consumer_state
    consumer.commit_consumer_state(CommitMode::Async).unwrap();
}

pub async fn transaction(producer: FutureProducer) {
    producer.commit_transaction(Duration::from_secs(10)).unwrap(); // hazard[BL102]: transaction > rdkafka::producer::FutureProducer::commit_transaction
    producer.begin_transaction().unwrap();
}

pub async fn mqtt(options: rumqttc::v5::MqttOptions) {
    let (client, mut connection) = rumqttc::v5::Client::new(options, 10);
    client.subscribe("topic", rumqttc::v5::mqttbytes::QoS::AtMostOnce).unwrap(); // hazard[BL106]: mqtt > rumqttc::v5::Client::subscribe
    client.try_subscribe("topic", rumqttc::v5::mqttbytes::QoS::AtMostOnce).unwrap();
    connection.recv().unwrap(); // hazard[BL102]: mqtt > rumqttc::v5::Connection::recv
}

pub async fn asynchronous_mqtt(options: rumqttc::v5::MqttOptions) {
    let (client, mut events) = rumqttc::v5::AsyncClient::new(options, 10);
    client.subscribe("topic", rumqttc::v5::mqttbytes::QoS::AtMostOnce).await.unwrap();
    events.poll().await.unwrap();
}

pub async fn zeromq(socket: zmq::Socket) {
    socket.recv_string(0).unwrap().unwrap(); // hazard[BL102]: zeromq > zmq::Socket::recv_string
    socket.recv_string(zmq::DONTWAIT).unwrap().unwrap();
}
